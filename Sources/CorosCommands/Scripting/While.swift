import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Runs commands as long as a condition holds.
  enum While: ShellCommand {
    static let manual = Manual(
      name: "while",
      summary: "run commands as long as a condition holds",
      usage: "while CONDITION { COMMANDS }",
      group: .scripting,
      details: """
        Looks at the condition before each round. Ctrl-C ends it. `help expressions` lists what conditions can ask for.
        """,
      example: "while count(live) > 0 { step }",
      seeAlso: ["repeat", "if", "assert"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["spawn count 2", "while tick < 2 { step }"])

    static let takesExpressions = true

    static func run(
      _ invocation: Invocation,
      in shell: Shell,
      results: Results<NoResult>
    ) throws(CommandFailure) {
      let block = try shell.block(invocation, manual)
      let commands = try shell.commands(block.body, of: invocation.line)
      while try shell.holds(try shell.words(block.head, of: invocation.line), in: invocation.line) {
        if shell.isInterrupted { throw shell.interruption }
        guard try shell.run(commands, in: invocation.line) else { return }
      }
    }
  }
}
