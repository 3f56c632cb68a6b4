import CorosKernel
import CorosSession
import CorosShell

extension Commands {
  /// Stops tasks.
  enum Stop: TaskOrder {
    static let manual = Manual(
      name: "stop",
      summary: "stop tasks where they are",
      usage: "stop TID ...",
      group: .tasks,
      details: """
        A stopped task does not get the CPU until `resume`. A task that was waiting goes on waiting; what it \
        waits for may come meanwhile. TID may be a name, which means all live tasks of that name, \
        ids such as 2..5, which means the tasks from 2 to 5, or `all`.
        """,
      example: "stop 2",
      seeAlso: ["resume", "kill"],
      completion: [.liveTask]
    )

    static let reference = Reference(demonstration: ["spawn count", "stop 1"])

    struct Result: OrderResult {
      let tid: TaskID
      let outcome: OrderOutcome

      init(tid: TaskID, outcome: OrderOutcome, in session: Session) {
        (self.tid, self.outcome) = (tid, outcome)
      }

      static let fields: [ResultField<Self>] = [
        .number("tid", "the task") { $0.tid.rawValue },
        .truth("stopped", "whether it is stopped now: false if it is not alive") {
          $0.outcome.absence == nil
        },
      ]

      func text(in look: Look) -> String {
        if let absence = outcome.absence { return absence.description }
        return outcome == .redundant ? "task \(tid) is stopped already" : "task \(tid) stopped"
      }
    }

    static func order(_ tid: TaskID, in session: Session) throws(RequestFailure) -> OrderOutcome {
      try session.stop(tid)
    }
  }
}
