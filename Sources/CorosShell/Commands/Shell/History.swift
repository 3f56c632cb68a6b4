import CorosFiles
import CorosHistory
import CorosLanguage
import CorosSession

extension Commands {
  /// Lists what was typed.
  enum History: PrintingCommand {
    static let manual = Manual(
      name: "history",
      summary: "list the lines you have typed",
      usage: "history [N]",
      group: .shell,
      details: """
        The last N, 20 unless you say otherwise. They are kept from one session to the next; the up arrow \
        brings them back, and Ctrl-R searches them. A line that begins with a space is not kept.
        """,
      example: "history 5",
      seeAlso: ["source"],
      completion: [.nothing]
    )

    static let reference = Reference(
      notes: "In a script there are none.",
      results: [ResultLine([.init("lines", .list(.text), "the last lines, oldest first")])],
      demonstration: ["spawn count", "history"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try invocation.allow(atMost: 1, manual)
      let count =
        invocation.arguments.isEmpty
        ? 20 : try invocation.integer(0, "the number of lines", in: 1...1_000_000)
      let first = max(0, shell.history.count - count)
      let lines = shell.history[first...]
      shell.report([
        "command": "history", "lines": .array(lines.map { .string($0) }),
      ]) {
        if lines.isEmpty { return "nothing has been typed at a prompt yet" }
        let width = String(shell.history.count).count
        return lines.enumerated().map { index, line in
          let number = String(first + index + 1)
          let padding = String(repeating: " ", count: width - number.count)
          return shell.style.paint(padding + number, .faint) + "  \(line)\n"
        }.joined()
      }
    }
  }
}
