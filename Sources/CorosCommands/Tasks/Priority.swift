import CorosSession
import CorosShell

extension Commands {
  /// Sets how urgent a task is.
  enum Priority: TaskSetting {
    static let manual = Manual(
      name: "priority",
      summary: "set how urgent a task is",
      usage: "priority TID N",
      group: .tasks,
      details: """
        Under the policy `priority` the larger number goes first (default: 0), also among tasks that wait for the \
        same lock. Children inherit it. With `policy priority donation=yes` a task that holds a lock has at least the \
        priority of those that wait for it; `ps` and `info` show what is lent.
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
