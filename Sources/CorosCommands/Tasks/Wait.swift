import CorosKernel
import CorosSession
import CorosShell

extension Commands {
  /// Runs until tasks have ended.
  enum Wait: ShellCommand {
    static let manual = Manual(
      name: "wait",
      summary: "run until tasks have ended, and say how",
      usage: "wait TID ...",
      group: .tasks,
      details: """
        All tasks run, as with `run`, until the named tasks have ended. For a task that ended earlier the \
        answer comes at once, as long as it is remembered. Ctrl-C or a breakpoint ends the wait; a \
        breakpoint is no failure. The command fails when the wait can never end, for example in a deadlock. TID may be a name, which means all live tasks of that name, \
        ids such as 2..5, which means the tasks from 2 to 5, or `all`.
        """,
      example: "wait $!",
      seeAlso: ["run", "kill", "info"],
      completion: [.liveTask]
    )

    static let reference = Reference(demonstration: [
      "spawn count 1; spawn crash oops", "wait 1 2 9",
    ])

    static func run(
      _ invocation: Invocation,
      in shell: Shell,
      results: Results<WaitReport>
    ) throws(CommandFailure) {
      let tids = try shell.tasks(namedBy: invocation, manual)
      try shell.monitor.awaiting(tids) { () throws(CommandFailure) in
        for tid in tids {
          let report = try shell.ask(invocation) { session throws(RequestFailure) in
            try session.wait(for: tid)
          }
          shell.monitor.didReportEnd(of: tid)
          results.add(report)
          if report.stop != nil { return }
        }
      }
    }
  }
}

extension WaitReport: CommandResult {
  static var lines: [ResultLine] {
    [ResultLine("One line for each TID, as soon as it has ended:", keys)]
  }

  func text(in look: Look) -> String {
    let end = status.map { "task \(tid) \(Self.sentence($0, look))\n" }
    guard let stop else { return end ?? "there is no task \(tid)" }
    return (end ?? "") + stop.text(in: look)
  }

  private static func sentence(_ status: ExitStatus, _ look: Look) -> String {
    switch status {
    case .exited(0): "ended well"
    case .exited(let code): "ended with exit code \(code)"
    case .killed: "was killed"
    case .cancelled: "was \(status)"
    case .failed(let message): look.style.paint("failed", .bad) + ": \(message)"
    }
  }
}
