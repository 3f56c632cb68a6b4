import CorosSession
import CorosShell

extension Commands {
  /// Starts again with a fresh machine.
  enum Reset: SimpleCommand {
    static let manual = Manual(
      name: "reset",
      summary: "start again: no tasks, tick 0",
      usage: "reset",
      group: .machine,
      details: """
        Ends all tasks, runs their clean-up, and starts a fresh machine with the present policy and seed. \
        What you have defined stays, and begins with its first values. Breakpoints stay, too, and so do your \
        variables, except $!.
        """,
      example: "reset",
      seeAlso: ["seed", "policy", "exit"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["spawn count; spawn clock", "reset"])

    struct Result: CommandResult, ResultObject {
      let ended: Int

      static let fields: [ResultField<Self>] = [
        .number("ended", "how many tasks were ended") { $0.ended }
      ]

      func text(in look: Look) -> String {
        switch ended {
        case 0: "a fresh machine"
        case 1: "a fresh machine; 1 task was ended"
        default: "a fresh machine; \(ended) tasks were ended"
        }
      }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 0, manual)
      return Result(ended: shell.session.reset())
    }
  }
}
