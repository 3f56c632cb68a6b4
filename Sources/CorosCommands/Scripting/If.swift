import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Runs commands if a condition holds.
  enum If: ShellCommand {
    static let manual = Manual(
      name: "if",
      summary: "run commands if a condition holds",
      usage: "if CONDITION { COMMANDS } [else { COMMANDS }]",
      group: .scripting,
      details: """
        Runs the first block if the condition holds, and the one behind `else` if not; `else if` tests another \
        condition. `help expressions` lists what conditions can ask for.
        """,
      example: "if count(live) > 3 { kill all }",
      seeAlso: ["while", "assert"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: [
      "spawn count", "if state(1) == ready { echo waits } else { echo runs }",
    ])

    static let takesExpressions = true

    static func run(
      _ invocation: Invocation,
      in shell: Shell,
      results: Results<NoResult>
    ) throws(CommandFailure) {
      var line = invocation
      while true {
        let block = try shell.block(line, manual)
        let condition = try shell.words(block.head, of: line.line)
        let isFirst = try shell.holds(condition, in: line.line)
        guard let chosen = isFirst ? block.body : block.otherwise else { return }
        let start = line.line.utf8.dropFirst(chosen.lowerBound)
        guard !isFirst, start.starts(with: "if".utf8) else {
          _ = try shell.run(try shell.commands(chosen, of: line.line), in: line.line)
          return
        }
        // `else if`: the same command again, further on in the line.
        let name = chosen.lowerBound..<chosen.lowerBound + 2
        let rest = Argument("", range: name.upperBound..<chosen.upperBound)
        line = Invocation(line: line.line, name: Argument("if", range: name), arguments: [rest])
      }
    }
  }
}
