import CorosFiles
import CorosHistory
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Ends tasks.
  enum Kill: PrintingCommand {
    static let manual = Manual(
      name: "kill",
      summary: "end tasks",
      usage: "kill TID ...",
      group: .tasks,
      details: """
        Each task is resumed with an error, so that its clean-up runs, and has ended when the command \
        returns; those who waited for it are ready. A task that was never started never runs. To kill a \
        task that is not alive does nothing, and says so.
        """,
      example: "kill 2 3",
      seeAlso: ["stop", "wait", "ps"],
      completion: [.liveTask]
    )

    static let reference = Reference(
      results: [
        ResultLine(
          "One line for each TID:",
          [
            .init("tid", .number, "the task"),
            .init("killed", .truth, "whether it was alive"),
          ]
        )
      ],
      demonstration: ["spawn count", "kill 1 1"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try shell.forEachTask(invocation, manual) { tid throws(CommandFailure) in
        let wasAlive = try shell.ask(invocation) { session throws(RequestFailure) in
          try session.kill(tid)
        }
        shell.report(["command": "kill", "tid": .int(tid.rawValue), "killed": .bool(wasAlive)]) {
          wasAlive ? "task \(tid) killed" : shell.notAlive(tid)
        }
      }
    }
  }
}
