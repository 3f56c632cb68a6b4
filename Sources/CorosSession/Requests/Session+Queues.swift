import CorosInsight
package import CorosKernel

/// Which task has the CPU, which are ready, and which wait for what.
package struct Queues {
  package let tick: Tick
  /// The task that keeps the CPU between two steps, with its remaining ticks; nil for none.
  package let holder: (task: TaskInfo, ticksLeft: Tick)?
  /// The ready tasks, the next one first.
  package let ready: QueuedTasks
  /// The requested wait queues, each in the order in which its tasks will wake.
  package let waiting: [(reason: WaitReason, tasks: QueuedTasks)]
  /// The task that the next step will run; nil for none.
  package let next: TaskID?
  /// The number of all wait queues.
  package let waitQueueCount: Int
  package let stopped: QueuedTasks
  /// The tasks that arrive later, the next one first.
  package let arriving: QueuedTasks
}

extension Session {
  /// Lists which tasks are ready, and which wait for what, in O(n log n).
  ///
  /// What is due at the present tick counts as done: a task that wakes or arrives now is ready.
  ///
  /// - Parameter isWanted: Selects the wait queues to list, by their position, from 0.
  /// - Returns: The queues.
  package func queues(where isWanted: (Int) -> Bool = { _ in true }) -> Queues {
    let scheduler = scheduler
    func queued(_ tids: [TaskID]) -> QueuedTasks { QueuedTasks(tids, in: scheduler) }
    let choice = scheduler.nextChoice
    let isNow = choice.tick == scheduler.now
    let due = isNow ? Set(choice.woken) : []
    let waiting = scheduler.waitQueues.map { queue in
      (reason: queue.reason, tasks: queue.tasks.filter { !due.contains($0) })
    }.filter { !$0.tasks.isEmpty }
    var stopped: [TaskID] = []
    var arriving: [(tid: TaskID, arrival: Tick)] = []
    for task in scheduler.tasks() {
      switch task.state {
      case .stopped: stopped.append(task.tid)
      case .new(let arrival) where !due.contains(task.tid): arriving.append((task.tid, arrival))
      default: break
      }
    }
    arriving.sort { ($0.arrival, $0.tid) < ($1.arrival, $1.tid) }
    return Queues(
      tick: scheduler.now,
      holder: choice.ticksLeft.flatMap { ticksLeft in
        choice.task.flatMap(scheduler.info).map { ($0, ticksLeft) }
      },
      ready: queued(isNow ? Self.ready(choice) : []),
      waiting: waiting.indices.filter(isWanted).map {
        (waiting[$0].reason, queued(waiting[$0].tasks))
      },
      next: choice.task,
      waitQueueCount: waiting.count,
      stopped: queued(stopped),
      arriving: queued(arriving.map(\.tid))
    )
  }

  /// The candidates, except the task that keeps the CPU.
  private static func ready(_ choice: NextChoice) -> [TaskID] {
    choice.candidates.dropFirst(choice.ticksLeft == nil ? 0 : 1).map(\.task)
  }
}
