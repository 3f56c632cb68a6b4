import CorosInterpreter
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Changes a definition in an editor.
  enum Edit: SimpleCommand {
    static let manual = Manual(
      name: "edit",
      summary: "change a program in your editor",
      usage: "edit [--fresh] NAME",
      group: .programs,
      details: """
        Opens the text of a program or a procedure in the editor that the environment names in VISUAL or EDITOR, \
        and defines it again when you leave the editor. A name that is not defined yet begins with an empty \
        program. If the text is wrong, nothing changes, and the next `edit NAME` goes on with your text; with \
        --fresh it begins with the definition. Tasks that run keep the old program. It needs a terminal.
        """,
      example: "edit bump",
      seeAlso: ["program", "procedure"],
      completion: [.typed]
    )

    static let reference = Reference(
      notes: "`names` is empty if the text was left as it was.",
      demonstration: ["shared n = 0", "program bump { n = n + 1 }", "edit bump"],
      edited: "program bump { atomic { n = n + 1 } }\n"
    )

    typealias Result = NotedDefiniendum

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try refuseWithoutPerson(invocation, in: shell)
      let (isFresh, name) = try words(invocation, in: shell)
      let before = shell.session.text(of: name.text)
      let text = (isFresh ? nil : shell.drafts[name.text]) ?? before ?? "program \(name.text) {\n}"
      var edited: String
      do throws(EditorRefusal) {
        edited = try shell.host.edit(text + "\n", named: name.text)
        // The ticks that were due meanwhile are not made up for.
        shell.continueAfterStop()
      } catch {
        throw CommandFailure(error.reason, at: name.range, hint: error.hint)
      }
      while edited.last?.isWhitespace == true { edited.removeLast() }
      if edited == before {
        shell.drafts[name.text] = nil
        return NotedDefiniendum(definiendum: Definiendum(names: []))
      }
      // From here on nothing that was typed gets lost.
      shell.drafts[name.text] = edited
      let result = try define(edited, name, in: shell)
      shell.drafts[name.text] = nil
      return NotedDefiniendum(definiendum: result)
    }

    private static func refuseWithoutPerson(
      _ invocation: Invocation,
      in shell: Shell
    ) throws(CommandFailure) {
      if shell.settings.isSandboxed {
        throw CommandFailure(
          "edit would run another program, which a sandbox does not allow",
          at: invocation.name.range,
          hint: "type the definition: `program NAME { ... }`"
        )
      }
      if shell.monitor.isMuted { throw CommandFailure(needsScreen: invocation.name.range) }
      guard shell.settings.isInteractive, shell.scripts.isEmpty else {
        throw CommandFailure(
          "edit needs a person at a terminal",
          at: invocation.name.range,
          hint: "in a script, write the definition: `program NAME { ... }`"
        )
      }
    }

    /// Whether to begin with the definition, and the name.
    private static func words(
      _ invocation: Invocation,
      in shell: Shell
    ) throws(CommandFailure) -> (isFresh: Bool, name: Argument) {
      let isFresh = invocation.arguments.first?.text == "--fresh"
      let names = invocation.arguments.dropFirst(isFresh ? 1 : 0)
      guard let name = names.first else {
        throw CommandFailure(
          "edit needs the name of a program",
          at: invocation.name.range,
          hint: "usage: \(manual.usage)"
        )
      }
      if let more = names.dropFirst().first { throw manual.refusal(of: more) }
      guard ProgramWords.isName(name.text) else {
        throw CommandFailure(
          "'\(excerpt(of: name.text))' cannot be the name of a program",
          at: name.range,
          hint: "letters, digits and `_`, a letter first, and no word of the language"
        )
      }
      if shell.session.text(of: name.text) == nil, shell.session.definedNames.contains(name.text) {
        throw CommandFailure(
          "'\(name.text)' is no program or procedure",
          at: name.range,
          hint: "declare it anew to change it"
        )
      }
      return (isFresh, name)
    }

    /// Defines what was edited.
    private static func define(
      _ text: String,
      _ name: Argument,
      in shell: Shell
    ) throws(CommandFailure) -> Definiendum {
      do throws(ProgramError) {
        let definitions = try Definition.parse(text)
        guard definitions.count == 1, definitions[0].isRoutine else {
          throw ProgramError(
            "this is not one program or procedure",
            at: 0..<min(1, text.utf8.count),
            hint: "other definitions are commands of their own"
          )
        }
        try shell.session.define(text)
        return Definiendum(
          names: definitions[0].names,
          notes: shell.session.remarks(on: definitions).map { Note($0, in: text) }
        )
      } catch {
        let hint = error.hint.isEmpty ? "" : "\(error.hint); "
        var failure = CommandFailure(
          error.message,
          at: error.range,
          hint: hint + "`edit \(name.text)` goes on with your text"
        )
        failure.source = SourceLine(file: name.text, number: 1, text: text)
        throw failure
      }
    }
  }
}
