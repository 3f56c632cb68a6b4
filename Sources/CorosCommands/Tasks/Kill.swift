import CorosKernel
import CorosSession
import CorosShell

extension Commands {
  /// Kills tasks.
  enum Kill: TaskOrder {
    static let manual = Manual(
      name: "kill",
      summary: "end tasks",
      usage: "kill TID ...",
      group: .tasks,
      details: """
        Each task is resumed with an error so that its clean-up runs, and has ended when the command \
        returns; its waiters are released. A task that never started never runs. Killing a task that is not \
        alive does nothing, and says so. TID may be a name, which means all live tasks of that name, \
        ids such as 2..5, which means the tasks from 2 to 5, or `all`.
        """,
      example: "kill 2 3",
      seeAlso: ["stop", "wait", "ps"],
      completion: [.liveTask]
    )

    static let reference = Reference(demonstration: ["spawn count", "kill 1 1"])

    struct Result: OrderResult {
      let tid: TaskID
      let outcome: OrderOutcome

      init(tid: TaskID, outcome: OrderOutcome, in session: Session) {
        (self.tid, self.outcome) = (tid, outcome)
      }

      static let fields: [ResultField<Self>] = [
        .number("tid", "the task") { $0.tid.rawValue },
        .truth("killed", "whether it was alive") { $0.outcome.absence == nil },
      ]

      func text(in look: Look) -> String {
        outcome.absence?.description ?? "task \(tid) killed"
      }
    }

    static func order(_ tid: TaskID, in session: Session) throws(RequestFailure) -> OrderOutcome {
      try session.kill(tid)
    }
  }
}
