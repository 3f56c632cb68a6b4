import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Shows which tasks are ready, and which wait for what.
  enum Queue: SimpleCommand, GlancingCommand {
    static let manual = Manual(
      name: "queue",
      summary: "show the ready queue and the wait queues",
      usage: "queue \(Glance.usage) \(Page.usage)",
      group: .looking,
      details: """
        The ready queue is in the order in which its tasks will run, and each wait queue in the order in \
        which its tasks will wake. A task that wakes or arrives at this tick is ready. Stopped tasks come \
        last: they do not run until `resume`. The first 100 wait queues are shown, or ROWS; -p 2 shows the \
        next page. Of each queue the first 50 tasks are shown.
        """,
      example: "queue",
      seeAlso: ["ps", "policy", "info"],
      completion: [.words(["-n", "-p"])]
    )

    static let looksAhead = true

    static let reference = Reference(
      notes: Page.notes,
      demonstration: ["spawn count; spawn clock; spawn circle; step 4", "queue"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      var invocation = invocation
      let page = try Page(from: &invocation, isJSON: shell.settings.isJSON, manual)
      try invocation.allow(atMost: 0, manual)
      let queues = shell.session.queues(where: page.contains)
      return Result(
        queues: queues,
        footer: page.footer(total: queues.waitQueueCount, "wait queue")
      )
    }

    struct Result: CommandResult, ResultObject {
      let queues: Queues
      /// The text about the wait queues that are not on the page.
      let footer: String

      static let fields: [ResultField<Self>] = [
        .number("tick", "the tick now") { $0.queues.tick },
        .numberOrNull(
          "running",
          "the task that keeps the CPU between two steps, null for none"
        ) { $0.queues.holder?.task.tid.rawValue },
        .tasks("ready", "the ready tasks, the next one first") { $0.queues.ready.tids },
        .objects("waiting", "the wait queues") { $0.queues.waiting.map(WaitQueue.init) },
        .tasks("stopped", "the stopped tasks") { $0.queues.stopped.tids },
        .tasks("arriving", "the tasks that have not arrived, the next one first") {
          $0.queues.arriving.tids
        },
        .numberOrNull("next", "the task that the next step runs, null for none") {
          $0.queues.next?.rawValue
        },
      ]

      func text(in look: Look) -> String {
        var rows: [(String, String)] = []
        if let (task, ticks) = queues.holder {
          let left = ticks == .max ? "its slice has no end" : "\(counted(ticks, "tick")) left"
          rows.append(("running", look.named(task) + ", \(left)"))
        }
        let ready = queues.ready
        rows.append(("ready", ready.tids.isEmpty ? "none" : look.named(ready)))
        for (reason, tasks) in queues.waiting {
          let isTimed = [.time, .io].contains(reason)
          let who = look.named(tasks) { task in
            isTimed ? task.deadline.map { " until tick \($0)" } ?? "" : ""
          }
          rows.append((reason.title, who))
        }
        if !queues.arriving.tids.isEmpty {
          rows.append(
            ("arriving", look.named(queues.arriving) { " at tick \($0.accounting.arrival)" })
          )
        }
        if !queues.stopped.tids.isEmpty { rows.append(("stopped", look.named(queues.stopped))) }
        return look.titled(rows) + footer
      }
    }

    /// The tasks that wait for one thing.
    private struct WaitQueue: ResultObject {
      let reason: WaitReason
      let tasks: QueuedTasks

      static let fields: [ResultField<Self>] = [
        .text("reason", "what they wait for, as in `ps`", \.reason.description),
        .tasks("tasks", "the tasks, in the order in which they will wake", \.tasks.tids),
      ]
    }
  }
}
