import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Cancels a task.
  enum Cancel: SimpleCommand {
    static let manual = Manual(
      name: "cancel",
      summary: "ask a task to clean up and end",
      usage: "cancel TID [REASON]",
      group: .tasks,
      details: """
        From now on every call of the task that may wait or use time fails with the reason, until the task ends. \
        Unlike with `kill`, its clean-up may still make system calls. A task that waits wakes at once; one \
        that has not begun begins, and gets the error at its first such call. A task may catch the error and go \
        on for as long as it makes no such call: `kill` ends it in any case. Cancelling a task again does \
        nothing, and says so.
        """,
      example: "cancel 2 \"no longer needed\"",
      seeAlso: ["kill", "stop", "wait"],
      completion: [.liveTask, .nothing]
    )

    static let reference = Reference(demonstration: ["spawn clock 5; step 3", "cancel 1 enough"])

    struct Result: CommandResult, ResultObject {
      let tid: TaskID
      let reason: String
      let outcome: OrderOutcome

      static let fields: [ResultField<Self>] = [
        .number("tid", "the task") { $0.tid.rawValue },
        .truth(
          "cancelled",
          "whether this cancelled it: false if it was cancelled before, or is not alive"
        ) { $0.outcome == .done },
      ]

      func text(in look: Look) -> String {
        if let absence = outcome.absence { return absence.description }
        if outcome == .redundant { return "task \(tid) is cancelled already" }
        return "task \(tid) cancelled" + (reason.isEmpty ? "" : ": \(reason)")
      }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      if invocation.arguments.isEmpty { throw invocation.needsTask(manual) }
      let tid = try shell.task(0, invocation)
      let reason = invocation.arguments.dropFirst().map(\.text).joined(separator: " ")
      let outcome = try shell.ask(invocation) { session throws(RequestFailure) in
        try session.cancel(tid, because: reason)
      }
      return Result(tid: tid, reason: reason, outcome: outcome)
    }
  }
}
