import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Runs until tasks have ended.
  enum Wait: PrintingCommand {
    static let manual = Manual(
      name: "wait",
      summary: "run until tasks have ended, and say how",
      usage: "wait TID ...",
      group: .tasks,
      details: """
        All tasks run, as with `run`, until the named ones have ended. One that ended earlier is told of \
        at once, for as long as it is remembered. Ctrl-C gives up waiting, and so does a breakpoint, \
        which is no failure. It fails when the wait can never end: in a deadlock, say.
        """,
      example: "wait $!",
      seeAlso: ["run", "kill", "info"],
      completion: [.liveTask]
    )

    static let reference = Reference(
      results: [
        ResultLine(
          "One line for each TID, as soon as it has ended:",
          [
            .init("tid", .number, "the task"),
            .init(
              "status",
              .orNull(.exitStatus),
              "how it ended, null if there is no such task, or a breakpoint came first"
            ),
            .sometimes("stopped", .word(["breakpoint"]), "what the wait was given up for"),
          ] + ResultLine.hits
        )
      ],
      demonstration: ["spawn count 1; spawn crash oops", "wait 1 2 9"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      let tids = try shell.tasks(namedBy: invocation, manual)
      try shell.monitor.awaiting(tids) { () throws(CommandFailure) in
        for tid in tids {
          let status = try shell.ask(invocation) { session throws(RequestFailure) in
            try session.wait(for: tid)
          }
          shell.monitor.tellEnd(of: tid)
          let stop = shell.machine.stop
          shell.report(json(tid, status, stop, shell)) {
            if let status { return "task \(tid) \(sentence(status, shell))" }
            return stop == nil ? "there is no task \(tid)" : ""
          }
          guard let stop else { continue }
          if !shell.settings.isJSON { shell.tell(stop) }
          return
        }
      }
    }

    private static func json(
      _ tid: TaskID,
      _ status: ExitStatus?,
      _ stop: BreakpointStop?,
      _ shell: Shell
    ) -> JSON {
      var members: [(String, JSON)] = [
        ("command", "wait"), ("tid", .int(tid.rawValue)), ("status", TaskWords.json(status)),
      ]
      if let stop { members += [("stopped", "breakpoint")] + shell.json(stop) }
      return .object(members)
    }

    private static func sentence(_ status: ExitStatus, _ shell: Shell) -> String {
      switch status {
      case .exited(0): "ended well"
      case .exited(let code): "ended with exit code \(code)"
      case .killed: "was killed"
      case .failed(let message): shell.style.paint("failed", .bad) + ": \(message)"
      }
    }
  }
}
