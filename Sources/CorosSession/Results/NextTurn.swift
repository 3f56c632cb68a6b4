import CorosHistory
package import CorosKernel

/// Who has the next tick, and who after that.
package struct NextTurn {
  package enum Holder {
    case task(NamedTask)
    /// The task that the operator picks.
    case pick
    /// Nobody: the CPU is reserved for a task that is not ready.
    case reserved(for: NamedTask)
    /// Nobody: no task is ready before this tick, or ever if there is none.
    case noneReady(until: Tick?)
    /// Nobody: all tasks have ended.
    case allEnded
    /// Nobody: there has been no task yet.
    case noTasks
  }

  package let holder: Holder
  /// The tasks after the holder, in order: the first of them.
  package let queue: [TaskID]
  /// How many tasks come after the holder.
  package let queueCount: Int
  /// How many moments of recorded future lie ahead.
  package let ahead: Int

  /// The most tasks of the queue that are listed.
  fileprivate static let mostListed = 50
}

extension Session {
  /// Who has the next tick, and who after that.
  package var nextTurn: NextTurn { nextTurn(queue: scheduler.readyQueue) }

  /// The same where the ready queue is known already.
  package func nextTurn(queue: [TaskID]) -> NextTurn {
    let next = nextTask(queue: queue)
    let isFirst = next != nil && queue.first == next
    return NextTurn(
      holder: holder(next),
      queue: Array(
        queue.prefix(NextTurn.mostListed + 1).filter { $0 != next }.prefix(NextTurn.mostListed)
      ),
      queueCount: queue.count - (isFirst ? 1 : 0),
      ahead: machine.ahead
    )
  }

  /// The task that has the next tick; nil when nobody does, or nobody yet.
  package func nextTask(queue: [TaskID]) -> TaskID? {
    scheduler.isUndecided || scheduler.awaitedTask != nil
      ? nil : scheduler.sliceHolder?.tid ?? queue.first
  }

  private func holder(_ next: TaskID?) -> NextTurn.Holder {
    if scheduler.isUndecided { return .pick }
    if let awaited = scheduler.awaitedTask { return .reserved(for: NamedTask(awaited, scheduler)) }
    if let next { return .task(NamedTask(next, scheduler)) }
    if scheduler.liveTaskCount > 0 { return .noneReady(until: scheduler.nextDeadline) }
    return scheduler.endedTaskCount == 0 ? .noTasks : .allEnded
  }
}
