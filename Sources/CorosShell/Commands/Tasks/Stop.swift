import CorosFiles
import CorosHistory
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Stops tasks where they are.
  enum Stop: PrintingCommand {
    static let manual = Manual(
      name: "stop",
      summary: "stop tasks where they are",
      usage: "stop TID ...",
      group: .tasks,
      details: """
        A stopped task is not given the CPU until `resume`. One that was waiting goes on waiting; what it \
        waits for may come meanwhile.
        """,
      example: "stop 2",
      seeAlso: ["resume", "kill"],
      completion: [.liveTask]
    )

    static let reference = Reference(
      results: [
        ResultLine(
          "One line for each TID:",
          [
            .init("tid", .number, "the task"),
            .init("stopped", .truth, "whether it is stopped now: false if it is not alive"),
          ]
        )
      ],
      demonstration: ["spawn count", "stop 1"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try shell.forEachTask(invocation, manual) { tid throws(CommandFailure) in
        let (isAlive, wasStopped) = try shell.ask(invocation) { session throws(RequestFailure) in
          try session.stop(tid)
        }
        shell.report(["command": "stop", "tid": .int(tid.rawValue), "stopped": .bool(isAlive)]) {
          if !isAlive { return shell.notAlive(tid) }
          return wasStopped ? "task \(tid) is stopped already" : "task \(tid) stopped"
        }
      }
    }
  }
}
