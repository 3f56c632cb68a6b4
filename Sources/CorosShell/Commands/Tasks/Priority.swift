import CorosSession

extension Commands {
  /// Sets how urgent a task is.
  enum Priority: TaskSetting {
    static let manual = Manual(
      name: "priority",
      summary: "set how urgent a task is",
      usage: "priority TID N",
      group: .tasks,
      details: """
        Under the policy `priority` the larger number goes first (default: 0). Children inherit it.
        """,
      example: "priority 1 5",
      seeAlso: ["policy", "nice", "tickets", "info"],
      completion: [.liveTask, .nothing]
    )

    static let reference = Reference(demonstration: ["spawn count", "priority 1 2"])

    static let parameter = TaskParameter.priority
    static let label = "priority"
  }
}
