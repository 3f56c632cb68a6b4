import CorosSession

extension Commands {
  /// Sets a task's share of the CPU.
  enum Tickets: TaskSetting {
    static let manual = Manual(
      name: "tickets",
      summary: "set how many tickets a task has: its share of the CPU",
      usage: "tickets TID N",
      group: .tasks,
      details: """
        Under the policies `lottery` and `stride` a task with twice the tickets gets twice the CPU (default: \
        100). Children inherit the number.
        """,
      example: "tickets 1 300",
      seeAlso: ["policy", "nice", "priority", "info"],
      completion: [.liveTask, .nothing]
    )

    static let reference = Reference(demonstration: ["spawn count", "tickets 1 300"])

    static let parameter = TaskParameter.tickets
    static let label = "tickets"
  }
}
