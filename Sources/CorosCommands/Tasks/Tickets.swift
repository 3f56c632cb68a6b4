import CorosSession
import CorosShell

extension Commands {
  /// Sets a task's share of the CPU.
  enum Tickets: TaskSetting {
    static let manual = Manual(
      name: "tickets",
      summary: "set how many tickets a task has: its share of the CPU",
      usage: "tickets TID N",
      group: .tasks,
      details: """
        Under the policies `lottery` and `stride` a task with twice the tickets gets twice the CPU. Default: \
        100; children inherit their number. A change prices only what comes after it: under `stride` the pass of \
        a task stays as it is, and grows by the new stride from the next tick on (as in OSTEP, 9.6; \
        Waldspurger and Weihl 1995 also scale how far it is ahead or behind).
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
