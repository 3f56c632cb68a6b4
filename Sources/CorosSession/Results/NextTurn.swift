import CorosHistory
package import CorosKernel

/// Which task the next step runs, and which come after it.
package struct NextTurn {
  package enum Holder {
    /// This task; if there is a tick, the clock jumps to it first.
    case task(NamedTask, after: Tick?)
    /// This task, which preempts the one that has the CPU although nothing arrived or woke.
    case preemption(by: NamedTask)
    /// The operator must pick a task.
    case pick
    /// None: the CPU is reserved for a task that is not ready.
    case reserved(for: NamedTask)
    /// None: no task is ready, and no timer is running.
    case noneReady
    /// None: all tasks have ended.
    case allEnded
    /// None: no task has been created yet.
    case noTasks
  }

  package let holder: Holder
  /// The task that the next step runs; nil if there is none.
  package let task: TaskID?
  /// The first tasks after the holder, in order.
  package let queue: [TaskID]
  /// The number of tasks after the holder.
  package let queueCount: Int
  /// The number of moments of recorded future ahead.
  package let ahead: Int

  /// The maximum number of listed tasks.
  fileprivate static let mostListed = 50
}

extension Session {
  /// Which task the next step runs, and which come after it.
  package var nextTurn: NextTurn { nextTurn(scheduler.nextChoice) }

  /// The same, if the caller knows the choice already.
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
