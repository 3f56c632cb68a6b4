import CorosHistory
import CorosSession

extension Commands {
  /// Lists the lines that were typed.
  enum History: SimpleCommand {
    static let manual = Manual(
      name: "history",
      summary: "list the lines you have typed",
      usage: "history [N]",
      group: .shell,
      details: """
        Lists the last N lines (default: 20). They are kept from one session to the next: the up arrow \
        recalls them, and Ctrl-R searches them; a definition of several lines is one entry. A line that begins with a space is not kept.
        """,
      example: "history 5",
      seeAlso: ["source"],
      completion: [.nothing]
    )

    static let reference = Reference(
      notes: "In a script there are no such lines.",
      demonstration: ["spawn count", "history"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 1, manual)
      let count =
        invocation.arguments.isEmpty
        ? 20 : try invocation.integer(0, "the number of lines", in: 1...1_000_000)
      return Result(
        lines: shell.history.suffix(count),
        earlierLines: max(0, shell.history.count - count)
      )
    }

    struct Result: CommandResult, ResultObject {
      let lines: [String]
      /// The number of lines before them.
      let earlierLines: Int

      static let fields: [ResultField<Self>] = [
        .texts("lines", "the last lines, oldest first", \.lines)
      ]

      func text(in look: Look) -> String {
        if lines.isEmpty { return "nothing has been typed at a prompt yet" }
        let width = String(earlierLines + lines.count).count
        return lines.enumerated().map { index, line in
          let number = String(earlierLines + index + 1)
          let padding = String(repeating: " ", count: width - number.count)
          // A definition of several lines stands below its first.
          let text = line.replacing("\n", with: "\n" + String(repeating: " ", count: width + 2))
          return look.style.paint(padding + number, .faint) + "  \(text)\n"
        }.joined()
      }
    }
  }
}
