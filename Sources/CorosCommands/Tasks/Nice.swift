import CorosSession
import CorosShell

extension Commands {
  /// Sets how far a task lets others go first.
  enum Nice: TaskSetting {
    static let manual = Manual(
      name: "nice",
      summary: "set how much a task lets others go first",
      usage: "nice TID N",
      group: .tasks,
      details: """
        From -20, hardly at all, to 19. Default: 0; children inherit it. Under the policy `fair` each step is \
        about a tenth of the CPU between two tasks. A change prices only what comes after it, in the \
        middle of a turn as well: the ticks that the task has had count at the old value, and what it is owed, or \
        owes, stays as many ticks (Stoica and Abdel-Wahab 1995; so does Linux).
        """,
      example: "nice 1 10",
      seeAlso: ["policy", "tickets", "priority", "info"],
      completion: [.liveTask, .nothing]
    )

    static let reference = Reference(demonstration: ["spawn count", "nice 1 5"])

    static let parameter = TaskParameter.nice
    static let label = "nice value"
  }
}
