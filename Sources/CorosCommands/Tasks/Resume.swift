import CorosHistory
import CorosKernel
import CorosSession
import CorosShell

extension Commands {
  /// Lets stopped tasks continue.
  enum Resume: TaskOrder {
    static let manual = Manual(
      name: "resume",
      summary: "let stopped tasks continue",
      usage: "resume TID ...",
      group: .tasks,
      details: """
        A ready task goes to the back of the ready queue; a task that still waits goes on waiting. Resuming \
        a task that is not stopped does nothing. To let the machine run to the next breakpoint, use \
        `continue`. TID may be a name, which means all live tasks of that name, \
        ids such as 2..5, which means the tasks from 2 to 5, or `all`.
        """,
      example: "resume 2",
      seeAlso: ["stop", "queue", "continue"],
      completion: [.liveTask]
    )

    static let reference = Reference(demonstration: ["spawn count; stop 1", "resume 1"])

    static let hintWithoutTask =
      "`ps` lists the tasks; `continue` lets the machine run to the next breakpoint"

    struct Result: OrderResult {
      let tid: TaskID
      let outcome: OrderOutcome
      /// Whether the user may have meant the machine, which is at a breakpoint.
      private let isAtBreakpoint: Bool

      init(tid: TaskID, outcome: OrderOutcome, in session: Session) {
        (self.tid, self.outcome) = (tid, outcome)
        isAtBreakpoint = session.machine.breakpoints.all.contains { $0.hits > 0 }
      }

      static let fields: [ResultField<Self>] = [
        .number("tid", "the task") { $0.tid.rawValue },
        .truth("resumed", "whether it was stopped, and can continue now") { $0.outcome == .done },
      ]

      func text(in look: Look) -> String {
        if let absence = outcome.absence { return absence.description }
        if outcome == .done { return "task \(tid) resumed" }
        return "task \(tid) is not stopped"
          + (isAtBreakpoint ? "; `continue` lets the machine run" : "")
      }
    }

    static func order(_ tid: TaskID, in session: Session) throws(RequestFailure) -> OrderOutcome {
      try session.resume(tid)
    }
  }
}
