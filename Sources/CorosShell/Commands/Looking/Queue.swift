import CorosFiles
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Shows who is ready, and who waits for what.
  enum Queue: PrintingCommand {
    static let manual = Manual(
      name: "queue",
      summary: "show who is ready, and who waits for what",
      usage: "queue \(Page.usage)",
      group: .looking,
      details: """
        The ready queue is in the order in which its tasks will run; each wait queue in the order in \
        which they will wake. Stopped tasks come last: they are not given the CPU until `resume`. The first \
        100 wait queues are shown, or ROWS, and -p 2 shows those after them; of a queue the first 50 tasks.
        """,
      example: "queue",
      seeAlso: ["ps", "policy", "info"],
      completion: [.words(["-n", "-p"])]
    )

    static let reference = Reference(
      notes: Page.notes,
      results: [
        ResultLine([
          .init("tick", .number, "the tick now"),
          .init(
            "running",
            .orNull(.number),
            "the task that keeps the CPU between two steps, under a policy that lets it"
          ),
          .init("ready", .list(.number), "the ready tasks, next first"),
          .init(
            "waiting",
            .objects([
              .init("reason", .text, "for what they wait, as with `ps`"),
              .init("tasks", .list(.number), "those who do, in the order in which they will wake"),
            ]),
            "the wait queues"
          ),
          .init("stopped", .list(.number), "those that are stopped"),
          .init("arriving", .list(.number), "those that have not arrived, the next one first"),
        ])
      ],
      demonstration: ["spawn count; spawn clock; spawn circle; step 4", "queue"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      var invocation = invocation
      let page = try Page(from: &invocation, isJSON: shell.settings.isJSON, manual)
      try invocation.allow(atMost: 0, manual)
      let scheduler = shell.scheduler
      let all = scheduler.waitQueues
      let queues = all.enumerated().filter { page.contains($0.offset) }.map(\.element)
      let arriving = scheduler.tasks().filter { $0.state.word == "new" }
        .sorted { $0.accounting.arrival < $1.accounting.arrival }.map(\.tid)
      let stopped = scheduler.tasks().filter { $0.state.word == "stopped" }.map(\.tid)
      shell.report([
        "command": "queue",
        "tick": .int(scheduler.now),
        "running": .int(scheduler.sliceHolder?.tid.rawValue),
        "ready": .array(scheduler.readyQueue.map { .int($0.rawValue) }),
        "waiting": .array(queues.map(json)),
        "stopped": .array(stopped.map { .int($0.rawValue) }),
        "arriving": .array(arriving.map { .int($0.rawValue) }),
      ]) {
        text(queues, arriving, stopped, shell) + page.footer(total: all.count, "wait queue")
      }
    }

    private static func json(_ queue: WaitQueueInfo) -> JSON {
      [
        "reason": .string(queue.reason.description),
        "tasks": .array(queue.tasks.map { .int($0.rawValue) }),
      ]
    }

    private static func text(
      _ queues: [WaitQueueInfo],
      _ arriving: [TaskID],
      _ stopped: [TaskID],
      _ shell: Shell
    ) -> String {
      var rows: [(String, String)] = []
      if let holder = shell.scheduler.sliceHolder {
        let left =
          holder.ticksLeft == .max
          ? "its slice has no end" : "\(counted(holder.ticksLeft, "tick")) left"
        rows.append(("running", shell.named(holder.tid) + ", \(left)"))
      }
      let ready = shell.scheduler.readyQueue
      rows.append(("ready", ready.isEmpty ? "nobody" : shell.named(ready)))
      for queue in queues {
        let isTimed = [.time, .io].contains(queue.reason)
        let who = isTimed ? sleepers(queue.tasks, shell) : shell.named(queue.tasks)
        rows.append((title(queue.reason), who))
      }
      if !arriving.isEmpty { rows.append(("arriving", arrivals(arriving, shell))) }
      if !stopped.isEmpty { rows.append(("stopped", shell.named(stopped))) }
      let width = rows.map(\.0.count).max() ?? 0
      return rows.map { title, tasks in
        let padding = String(repeating: " ", count: width - title.count)
        return shell.style.paint(title, .heading) + padding + "  " + tasks + "\n"
      }.joined()
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

    private static func arrivals(_ tasks: [TaskID], _ shell: Shell) -> String {
      TaskWords.listed(tasks) { tid in
        let arrival = shell.scheduler.info(tid)?.accounting.arrival
        return shell.named(tid) + (arrival.map { " at tick \($0)" } ?? "")
      }
    }

    private static func sleepers(_ tasks: [TaskID], _ shell: Shell) -> String {
      TaskWords.listed(tasks) { tid in
        let deadline = shell.scheduler.info(tid)?.deadline
        return shell.named(tid) + (deadline.map { " until tick \($0)" } ?? "")
      }
    }
  }
}

extension Shell {
  /// A task by id and name.
  func named(_ tid: TaskID) -> String {
    "\(tid) \(style.paint(name(of: tid), .name))"
  }

  /// Tasks by id and name; of very many, the first.
  func named(_ tids: [TaskID]) -> String {
    TaskWords.listed(tids) { named($0) }
  }
}
