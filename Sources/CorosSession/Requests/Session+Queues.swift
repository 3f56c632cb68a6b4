import CorosInsight
package import CorosKernel

/// Tasks in the order of a queue.
package struct QueuedTasks: Equatable {
  package let tids: [TaskID]
  /// What is known of the first: of as many as a person is told of.
  package let first: [TaskInfo]

  init(_ tids: [TaskID], in scheduler: Scheduler) {
    self.tids = tids
    first = tids.prefix(TaskWords.mostListed).compactMap { scheduler.info($0) }
  }
}

/// Who has the CPU, who could have it, and who waits for what.
package struct Queues {
  package let tick: Tick
  /// The task that keeps the CPU between two steps, and for how many ticks more; nil for none.
  package let holder: (task: TaskInfo, ticksLeft: Tick)?
  /// Next first.
  package let ready: QueuedTasks
  /// The wait queues that were asked for, each in the order in which its tasks will wake.
  package let waiting: [(reason: WaitReason, tasks: QueuedTasks)]
  /// How many wait queues there are in all.
  package let waitQueueCount: Int
  package let stopped: QueuedTasks
  /// The next one first.
  package let arriving: QueuedTasks
}

extension Session {
  /// Lists who is ready, and who waits for what, in O(n log n).
  ///
  /// - Parameter isWanted: Of which wait queues to tell, by their place among all, from 0.
  /// - Returns: The queues.
  package func queues(where isWanted: (Int) -> Bool = { _ in true }) -> Queues {
    let scheduler = scheduler
    func queued(_ tids: [TaskID]) -> QueuedTasks { QueuedTasks(tids, in: scheduler) }
    let waiting = scheduler.waitQueues
    var stopped: [TaskID] = []
    var arriving: [(tid: TaskID, arrival: Tick)] = []
    for task in scheduler.tasks() {
      switch task.state {
      case .stopped: stopped.append(task.tid)
      case .new(let arrival): arriving.append((task.tid, arrival))
      default: break
      }
    }
    arriving.sort { ($0.arrival, $0.tid) < ($1.arrival, $1.tid) }
    return Queues(
      tick: scheduler.now,
      holder: scheduler.sliceHolder.flatMap { holder in
        scheduler.info(holder.tid).map { ($0, holder.ticksLeft) }
      },
      ready: queued(scheduler.readyQueue),
      waiting: waiting.indices.filter(isWanted).map {
        (waiting[$0].reason, queued(waiting[$0].tasks))
      },
      waitQueueCount: waiting.count,
      stopped: queued(stopped),
      arriving: queued(arriving.map(\.tid))
    )
  }
}
