import CorosKernel

/// Shows who is ready, and who waits for what.
enum Queue: ShellCommand {
  static let manual = Manual(
    name: "queue",
    summary: "show the ready queue, and the wait queues with their reasons",
    usage: "queue",
    group: .looking,
    details: """
      The ready queue is in the order in which its tasks will run; each wait queue in the order in \
      which they will wake.
      """,
    example: "queue",
    seeAlso: ["ps", "policy", "info"],
    completion: [.nothing]
  )

  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    try invocation.require(0...0, manual)
    let scheduler = shell.scheduler
    let queues = scheduler.waitQueues
    shell.report([
      "command": "queue",
      "tick": .int(scheduler.now),
      "running": .int(scheduler.sliceHolder?.tid.rawValue),
      "ready": .array(scheduler.readyQueue.map { .int($0.rawValue) }),
      "waiting": .array(queues.map(json)),
    ]) {
      text(queues, shell)
    }
  }

  private static func json(_ queue: WaitQueueInfo) -> JSON {
    [
      "reason": .string(queue.reason.description),
      "tasks": .array(queue.tasks.map { .int($0.rawValue) }),
    ]
  }

  private static func text(_ queues: [WaitQueueInfo], _ shell: Shell) -> String {
    var rows: [(String, String)] = []
    if let holder = shell.scheduler.sliceHolder {
      let left =
        holder.ticksLeft == .max ? "its slice has no end" : "\(holder.ticksLeft) ticks left"
      rows.append(("running", shell.named(holder.tid) + ", \(left)"))
    }
    let ready = shell.scheduler.readyQueue
    rows.append(("ready", ready.isEmpty ? "nobody" : shell.named(ready)))
    for queue in queues {
      let who = queue.reason == .time ? sleepers(queue.tasks, shell) : shell.named(queue.tasks)
      rows.append((title(queue.reason), who))
    }
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { title, tasks in
      let padding = String(repeating: " ", count: width - title.count)
      return shell.style.paint(title, .heading) + padding + "  " + tasks + "\n"
    }.joined()
  }

  private static func title(_ reason: WaitReason) -> String {
    switch reason {
    case .task(let target): "waiting for task \(target)"
    case .anyChild: "waiting for a child"
    case .time: "sleeping"
    case .channel(let channel): "waiting on \(excerpt(of: channel.name))"
    case .outside: "outside the kernel"
    }
  }

  private static func sleepers(_ tasks: [TaskID], _ shell: Shell) -> String {
    tasks.map { tid in
      let deadline = shell.scheduler.info(tid)?.deadline
      return shell.named(tid) + (deadline.map { " until tick \($0)" } ?? "")
    }.joined(separator: ", ")
  }
}

extension Shell {
  /// A task by id and name.
  func named(_ tid: TaskID) -> String {
    "\(tid) \(style.paint(name(of: tid), .name))"
  }

  /// Tasks by id and name; of very many, the first.
  func named(_ tids: [TaskID]) -> String {
    let shown = 50
    let text = tids.prefix(shown).map { named($0) }.joined(separator: ", ")
    return tids.count > shown ? text + " and \(tids.count - shown) more" : text
  }
}
