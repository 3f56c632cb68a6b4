import CorosKernel
import CorosLanguage
import CorosMachine
import CorosSession
import CorosShell

extension Commands {
  /// Shows the memory of a program in assembly.
  enum Cells: SimpleCommand {
    static let manual = Manual(
      name: "cells",
      summary: "show cells of the memory of a program in assembly",
      usage: "cells [TID] NAME|N ...",
      group: .looking,
      details: """
        A cell is named by a variable of the program, or by its number. Without a TID, the memory is that of \
        the program that was loaded last; a TID, and then the cells, shows the memory of that thread. The \
        first number is a TID only if it is that of a thread, and cells follow it.
        """,
      example: "cells count",
      seeAlso: ["asm", "info"],
      completion: [.nothing]
    )

    static let reference = Reference(
      demonstration: ["asm race.s threads=2 bx=1; run", "cells count 2000"],
      files: [(Asm.race.name, Asm.race.text)]
    )

    struct Result: CommandResult, ResultObject {
      /// The cells as typed, and what they contain; nil for what `asm --hide` hides.
      let cells: [(word: String, value: Int?)]

      static let fields: [ResultField<Self>] = [
        ResultField(
          "cells",
          .dictionary(.orNull(.number)),
          "what each cell contains, by the words typed; null if `asm --hide` hides it"
        ) {
          .object($0.cells.map { ($0.word, $0.value.map { .int($0) } ?? .null) })
        }
      ]

      func text(in look: Look) -> String {
        cells.map { "\(excerpt(of: $0.word)) = \($0.value.map { String($0) } ?? "?")" }
          .joined(separator: "\n")
      }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      var words = invocation.arguments[...]
      var view = shell.session.memory(of: nil)
      if words.count > 1, let tid = Int(words[0].text), tid > 0,
        let own = shell.session.memory(of: TaskID(rawValue: tid))
      {
        view = own
        words.removeFirst()
      }
      guard let view else {
        throw CommandFailure(
          "there is no memory: no program in assembly is loaded",
          at: invocation.name.range,
          hint: "try `\(Asm.manual.example)`"
        )
      }
      guard !words.isEmpty else {
        throw CommandFailure(
          "cells needs the name or the number of a cell",
          at: invocation.name.range,
          hint: view.names.isEmpty
            ? "for example `cells 2000`" : "variables: \(view.names.joined(separator: " "))"
        )
      }
      var cells: [(word: String, value: Int?)] = []
      for word in words where !cells.contains(where: { $0.word == word.text }) {
        guard let cell = view.cell(named: word.text) else {
          throw CommandFailure(
            "there is no variable '\(excerpt(of: word.text))'",
            at: word.range,
            hint: Suggestion.question(for: word.text, among: view.names)
              ?? (view.names.isEmpty
                ? "this program has none; a number names a cell"
                : "variables: \(view.names.joined(separator: " "))")
          )
        }
        do throws(AssemblyError) {
          let value = try view.value(of: cell)
          cells.append((word.text, shell.session.hidesMachineValues ? nil : value))
        } catch {
          throw CommandFailure(error.message, at: word.range, hint: error.hint)
        }
      }
      return Result(cells: cells)
    }
  }
}
