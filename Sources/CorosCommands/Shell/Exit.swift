import CorosSession
import CorosShell

extension Commands {
  /// Leaves the shell.
  enum Exit: SimpleCommand {
    static let manual = Manual(
      name: "exit",
      summary: "leave the shell",
      usage: "exit [STATUS]",
      group: .shell,
      details: """
        STATUS is the exit status of the shell (default: 0). All tasks are ended, and their clean-up runs. \
        Ctrl-D on an empty line does the same.
        """,
      example: "exit",
      seeAlso: ["reset"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["exit 3"])

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 1, manual)
      let status =
        invocation.arguments.isEmpty
        ? 0 : try invocation.integer(0, "the exit status", in: 0...255)
      shell.exitStatus = status
      return Result(status: status)
    }

    struct Result: CommandResult, ResultObject {
      let status: Int

      static let fields: [ResultField<Self>] = [.number("status", "the exit status", \.status)]

      func text(in look: Look) -> String { "" }
    }
  }
}
