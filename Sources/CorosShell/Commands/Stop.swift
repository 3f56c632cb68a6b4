import CorosKernel

/// Stops tasks where they are.
enum Stop: ShellCommand {
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

  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    try shell.forEachTask(invocation, manual) { tid throws(CommandFailure) in
      let wasAlive = try shell.perform(StopTask(tid), invocation) ?? false
      shell.report(["command": "stop", "tid": .int(tid.rawValue), "stopped": .bool(wasAlive)]) {
        wasAlive ? "task \(tid) stopped" : shell.notAlive(tid)
      }
    }
  }
}
