import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Cancels a task.
  enum Cancel: SimpleCommand {
    static let manual = Manual(
      name: "cancel",
      summary: "ask a task to clean up and end",
      usage: "cancel TID [REASON] [--or-kill N]",
      group: .tasks,
      details: """
        From now on every call of the task that may wait or use time fails with the reason, until the task ends. \
        Unlike with `kill`, its clean-up may still make system calls. A task that waits wakes at once; one \
        that has not begun begins, and gets the error at its first such call. A task may catch the error and go \
        on for as long as it makes no such call: `kill` ends it in any case. Cancelling a task again does \
        nothing, and says so. With `--or-kill N` a task of its own waits for the end of this one, and kills it if it \
        still lives N ticks later.
        """,
      example: "cancel 2 \"no longer needed\"",
      seeAlso: ["kill", "stop", "wait"],
      options: [.init("--or-kill", "N", "kill it if it is still alive N ticks later")],
      completion: [.liveTask, .nothing]
    )

    static let reference = Reference(
      demonstration: ["spawn clock 5; step 3", "cancel 1 enough --or-kill 20"]
    )

    struct Result: CommandResult, ResultObject {
      let tid: TaskID
      let reason: String
      let outcome: OrderOutcome
      /// The task that kills it if it lives on, and for how many ticks it waits.
      let killer: (tid: TaskID, ticks: Tick)?

      static let fields: [ResultField<Self>] = [
        .number("tid", "the task") { $0.tid.rawValue },
        .truth(
          "cancelled",
          "whether this cancelled it: false if it was cancelled before, or is not alive"
        ) { $0.outcome == .done },
        .sometimes("killer", .number, "with --or-kill: the task that kills it if it lives on") {
          $0.killer.map { .int($0.tid.rawValue) }
        },
      ]

      func text(in look: Look) -> String {
        if let absence = outcome.absence { return absence.description }
        let later = killer.map {
          "\ntask \($0.tid) kills it if it is alive \(counted($0.ticks, "tick")) from now"
        }
        if outcome == .redundant { return "task \(tid) is cancelled already" + (later ?? "") }
        return "task \(tid) cancelled" + (reason.isEmpty ? "" : ": \(reason)") + (later ?? "")
      }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      if invocation.arguments.isEmpty { throw invocation.needsTask(manual) }
      let words = try OptionWords(invocation, manual)
      guard let first = words.operands.first else { throw invocation.needsTask(manual) }
      let tid = try shell.task(first, invocation)
      let reason = words.operands.dropFirst().map { invocation.arguments[$0].text }
        .joined(separator: " ")
      let ticks = try words.integer("--or-kill", "the number of ticks", in: 0...1_000_000_000)
      let outcome = try shell.ask(invocation) { session throws(RequestFailure) in
        try session.cancel(tid, because: reason)
      }
      var killer: (TaskID, Tick)?
      if let ticks, outcome.absence == nil {
        let tid = try shell.ask(invocation) { session throws(RequestFailure) in
          try session.killLater(tid, after: ticks)
        }
        killer = (tid, ticks)
      }
      return Result(tid: tid, reason: reason, outcome: outcome, killer: killer)
    }
  }
}
