import CorosSession
import CorosShell

extension Commands {
  /// Clears the screen.
  enum Clear: SimpleCommand {
    static let manual = Manual(
      name: "clear",
      summary: "clear the screen",
      usage: "clear",
      group: .shell,
      details: """
        Only what you see is cleared: the machine stays as it is; `reset` begins anew. Without a terminal nothing \
        happens.
        """,
      example: "clear",
      seeAlso: ["reset"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["clear"])

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 0, manual)
      shell.flush()
      shell.host.clearScreen()
      return Result()
    }

    struct Result: CommandResult, ResultObject {
      static let fields: [ResultField<Self>] = []

      func text(in look: Look) -> String { "" }
    }
  }
}
