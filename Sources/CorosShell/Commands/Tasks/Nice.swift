import CorosSession

extension Commands {
  /// Sets how far a task lets others go first.
  enum Nice: TaskSetting {
    static let manual = Manual(
      name: "nice",
      summary: "set how much a task lets others go first",
      usage: "nice TID N",
      group: .tasks,
      details: """
        From -20 to 19 (default: 0); a larger number lets others go first. Under the policy `fair` each step \
        shifts about a tenth of the CPU between two tasks. Children inherit it.
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
