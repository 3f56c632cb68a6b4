package import CorosInterpreter
package import CorosKernel
package import CorosLanguage

// What has been defined on the machine.

extension Session {
  /// The shared names and their values, in the order in which they were declared.
  package var sharedValues: [SharedValues] { scheduler.sharedValues }

  /// The names of the typed programs, or of the procedures.
  package func routineNames(areProcedures: Bool) -> [String] {
    guard let definitions = scheduler.definitions else { return [] }
    return areProcedures
      ? definitions.names.filter(definitions.isProcedure) : definitions.programNames
  }

  /// The text of a typed program, or of a procedure; nil when there is none of that name.
  package func text(of name: String, isProcedure: Bool) -> String? {
    guard let definitions = scheduler.definitions,
      isProcedure
        ? definitions.isProcedure(name) : definitions.programNames.contains(name)
    else { return nil }
    return definitions.text(of: name)
  }

  /// The text of a typed program or a procedure; nil when there is none of that name.
  package func text(of name: String) -> String? { scheduler.definitions?.text(of: name) }

  /// The texts of all definitions, in the order in which they were made.
  package var definitionTexts: [String] { scheduler.definitions?.texts ?? [] }

  /// Whether a program was typed, and is not built in.
  package func isTyped(_ program: Program) -> Bool {
    scheduler.definitions?.programNames.contains(program.name) ?? false
  }

  /// What is suspicious about definitions that have just been made, though right.
  package func remarks(on definitions: [Definition]) -> [ProgramError] {
    scheduler.definitions?.remarks(on: definitions) ?? []
  }

  /// The declared names that no program, procedure or check mentions.
  package var unusedNames: [String] { scheduler.definitions?.unusedNames ?? [] }

  /// Why the machine must not go on by itself, in a sentence: a condition that must always hold does not hold now, or
  /// nothing more can be recorded of what comes in; nil if all is well.
  package var violation: String? {
    if scheduler.hasChecks, let broken = scheduler.brokenCheck(atEnd: false) { return broken }
    return isRecordingFull ? Self.fullRecording : nil
  }

  /// The conditions that must hold, as written.
  package func checks(areFinal: Bool) -> [String] { scheduler.checks(areFinal: areFinal) }

  /// All names that have been defined.
  package var definedNames: [String] { scheduler.definitions?.names ?? [] }
}
