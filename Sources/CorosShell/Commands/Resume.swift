import CorosKernel

/// Lets stopped tasks go on.
enum Resume: ShellCommand {
  static let manual = Manual(
    name: "resume",
    summary: "let stopped tasks go on",
    usage: "resume TID ...",
    group: .tasks,
    details: """
      A task that is ready goes to the back of the ready queue; one that still waits goes on waiting. \
      To resume a task that is not stopped does nothing.
      """,
    example: "resume 2",
    seeAlso: ["stop", "queue"],
    completion: [.liveTask]
  )

  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    try shell.forEachTask(invocation, manual) { tid throws(CommandFailure) in
      let wasAlive = try shell.perform(ContinueTask(tid), invocation) ?? false
      shell.report(["command": "resume", "tid": .int(tid.rawValue), "resumed": .bool(wasAlive)]) {
        wasAlive ? "task \(tid) may go on" : shell.notAlive(tid)
      }
    }
  }
}
