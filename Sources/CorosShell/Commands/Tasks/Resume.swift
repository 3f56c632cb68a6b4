import CorosFiles
import CorosHistory
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Lets stopped tasks go on.
  enum Resume: PrintingCommand {
    static let manual = Manual(
      name: "resume",
      summary: "let stopped tasks go on",
      usage: "resume TID ...",
      group: .tasks,
      details: """
        A task that is ready goes to the back of the ready queue; one that still waits goes on waiting. \
        To resume a task that is not stopped does nothing. `continue` is for the machine as a whole.
        """,
      example: "resume 2",
      seeAlso: ["stop", "queue", "continue"],
      completion: [.liveTask]
    )

    static let reference = Reference(
      results: [
        ResultLine(
          "One line for each TID:",
          [
            .init("tid", .number, "the task"),
            .init("resumed", .truth, "whether it was stopped, and may go on now"),
          ]
        )
      ],
      demonstration: ["spawn count; stop 1", "resume 1"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      if invocation.arguments.isEmpty {
        throw CommandFailure(
          "resume needs a task id",
          at: invocation.name.range,
          hint: "`ps` lists the tasks; `continue` lets the machine run to the next breakpoint"
        )
      }
      try shell.forEachTask(invocation, manual) { tid throws(CommandFailure) in
        let (isAlive, wasStopped) = try shell.ask(invocation) { session throws(RequestFailure) in
          try session.resume(tid)
        }
        shell.report([
          "command": "resume", "tid": .int(tid.rawValue), "resumed": .bool(isAlive && wasStopped),
        ]) {
          if !isAlive { return shell.notAlive(tid) }
          if wasStopped { return "task \(tid) may go on" }
          let isAtBreakpoint = shell.machine.breakpoints.all.contains { $0.hits > 0 }
          return "task \(tid) is not stopped"
            + (isAtBreakpoint ? "; `continue` lets the machine run" : "")
        }
      }
    }
  }
}

extension Shell {
  func isStopped(_ tid: TaskID) -> Bool {
    if case .stopped? = scheduler.info(tid)?.state { true } else { false }
  }
}
