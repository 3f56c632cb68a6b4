import CorosHistory
package import CorosKernel

/// Which task the next step runs, and which come after it.
package struct NextTurn {
  package enum Holder {
    /// This task; the clock jumps to the tick first, if there is one.
    case task(NamedTask, after: Tick?)
    /// This task, which the policy puts before the one that has the CPU, although no task comes.
    case preemption(by: NamedTask)
    /// The task that the operator picks.
    case pick
    /// None: the CPU is reserved for a task that is not ready.
    case reserved(for: NamedTask)
    /// None: no task is ready, and no timer runs.
    case noneReady
    /// None: all tasks have ended.
    case allEnded
    /// None: there has been no task yet.
    case noTasks
  }

  package let holder: Holder
  /// The task that the next step runs; nil when there is none.
  package let task: TaskID?
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
  /// Which task the next step runs, and which come after it.
  package var nextTurn: NextTurn { nextTurn(scheduler.nextChoice) }

  /// The same where the choice is known already.
  package func nextTurn(_ choice: NextChoice) -> NextTurn {
    NextTurn(
      holder: holder(choice),
      task: choice.task,
      queue: choice.others.prefix(NextTurn.mostListed).map(\.task),
      queueCount: choice.others.count,
      ahead: machine.ahead
    )
  }

  private func holder(_ choice: NextChoice) -> NextTurn.Holder {
    if let next = choice.task {
      let task = NamedTask(next, scheduler)
      let isPreemption = choice.preempted != nil && !choice.woken.contains(next)
      return isPreemption
        ? .preemption(by: task)
        : .task(task, after: choice.tick > scheduler.now ? choice.tick : nil)
    }
    if scheduler.isUndecided { return .pick }
    if let awaited = scheduler.awaitedTask { return .reserved(for: NamedTask(awaited, scheduler)) }
    if scheduler.liveTaskCount > 0 { return .noneReady }
    return scheduler.endedTaskCount == 0 ? .noTasks : .allEnded
  }
}
