import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Runs commands several times.
  enum Repeat: ShellCommand {
    static let manual = Manual(
      name: "repeat",
      summary: "run commands several times",
      usage: "repeat N { COMMANDS }",
      group: .scripting,
      details: """
        Runs the commands N times. Ctrl-C ends it; in a script a failing command ends it, too. A block may have several \
        lines.
        """,
      example: "repeat 3 { step }",
      seeAlso: ["for", "while"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["spawn count 9", "repeat 2 { step }"])

    static let takesExpressions = true

    static func run(
      _ invocation: Invocation,
      in shell: Shell,
      results: Results<NoResult>
    ) throws(CommandFailure) {
      let block = try shell.block(invocation, manual)
      let words = try shell.words(block.head, of: invocation.line)
      guard let first = words.first, words.count == 1 else {
        throw CommandFailure(
          "repeat needs a number",
          at: words.count > 1 ? words[1].range : invocation.name.range,
          hint: "as in `\(manual.example)`"
        )
      }
      let head = Invocation(line: invocation.line, name: invocation.name, arguments: [first])
      let count = try head.integer(0, "the number of times", in: 0...Int.max)
      let commands = try shell.commands(block.body, of: invocation.line)
      for _ in 0..<count {
        if shell.isInterrupted { throw shell.interruption }
        guard try shell.run(commands, in: invocation.line) else { return }
      }
    }
  }
}
