package import CorosLanguage

// What is right, and yet suspicious: told when it is defined, and when a script is checked.

extension Definitions {
  /// What is suspicious about definitions that have just been made.
  ///
  /// - Parameter definitions: The definitions.
  /// - Returns: Each with its place in the text.
  package func remarks(on definitions: [Definition]) -> [ProgramError] {
    definitions.flatMap { definition -> [ProgramError] in
      switch definition {
      case .program(let routine), .procedure(let routine): remarks(on: routine)
      case .shared(let all): all.compactMap { Self.remark(on: $0.name) }
      default: []
      }
    }
  }

  private func remarks(on routine: RoutineSyntax) -> [ProgramError] {
    let names = NameUses(of: routine)
    return names.declared.compactMap { name in
      if let kind = kind(of: name.text), kind != "a program" {
        return ProgramError(
          "`\(name.text)` is \(kind) as well, which is hidden here",
          at: name.range,
          hint: "another name tells them apart"
        )
      }
      if names.mentioned.contains(name.text) { return nil }
      return ProgramError("`\(name.text)` is never used", at: name.range)
    }
  }

  /// The words with which conditions on the machine are answered.
  private static let answers: Set = [
    "new", "ready", "running", "waiting", "sleeping", "stopped", "exited", "none", "killed",
    "failed", "cancelled", "live", "all",
  ]

  private static func remark(on name: ProgramName) -> ProgramError? {
    guard answers.contains(name.text) else { return nil }
    return ProgramError(
      "`\(name.text)` hides the word for a state, as in `state(1) == \(name.text)`",
      at: name.range,
      hint: "another name tells them apart"
    )
  }

  /// The names of shared cells and objects that no program, procedure or check mentions.
  package var unusedNames: [String] {
    var mentioned: Set<String> = []
    for entry in entries.values {
      switch entry {
      case .program(let program):
        mentioned.formUnion(NameUses(of: program.routine.syntax).mentioned)
      case .procedure(let routine): mentioned.formUnion(NameUses(of: routine.syntax).mentioned)
      case .cells, .object, .alias: break
      }
    }
    for check in checks { mentioned.formUnion(NameUses(of: check.formula).mentioned) }
    return order.filter { name in
      switch entries[name] {
      case .cells?, .object?: !mentioned.contains(name)
      default: false
      }
    }
  }
}
