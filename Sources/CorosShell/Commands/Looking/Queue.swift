import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Shows who is ready, and who waits for what.
  enum Queue: SimpleCommand {
    static let manual = Manual(
      name: "queue",
      summary: "show the ready queue and the wait queues",
      usage: "queue \(Page.usage)",
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
      /// What is said of the wait queues that are not on the page.
      let footer: String

      static let fields: [ResultField<Self>] = [
        .number("tick", "the tick now") { $0.queues.tick },
        .numberOrNull(
          "running",
          "the task that keeps the CPU between two steps, under a policy that lets it"
        ) { $0.queues.holder?.task.tid.rawValue },
        .tasks("ready", "the ready tasks, next first") { $0.queues.ready.tids },
        .objects("waiting", "the wait queues") { $0.queues.waiting.map(WaitQueue.init) },
        .tasks("stopped", "those that are stopped") { $0.queues.stopped.tids },
        .tasks("arriving", "those that have not arrived, the next one first") {
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
          rows.append((Queue.title(reason), who))
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

    /// Those who wait for one thing.
    private struct WaitQueue: ResultObject {
      let reason: WaitReason
      let tasks: QueuedTasks

      static let fields: [ResultField<Self>] = [
        .text("reason", "for what they wait, as with `ps`", \.reason.description),
        .tasks("tasks", "the tasks, in the order in which they will wake", \.tasks.tids),
      ]
    }

    static func title(_ reason: WaitReason) -> String {
      switch reason {
      case .task(let target): "waiting for task \(target)"
      case .anyChild: "waiting for a child"
      case .time: "sleeping"
      case .io: "doing I/O"
      case .arrival: "arriving"
      case .channel(let channel): "waiting on \(excerpt(of: channel.name))"
      case .outside: "outside the kernel"
      }
    }
  }
}
