// What a time machine needs of a scheduler: to move it by one moment, and to exchange its observers.

extension Scheduler {
  /// Runs one task for a tick, or lets the clock stop at a limit.
  @inline(__always)
  package func move(limit: Tick = .max) -> StepResult {
    entering { advance(limit: limit) }
  }

  /// Runs a given task for a tick, after moving the clock to the next timer as long as no task is ready.
  ///
  /// A policy that takes no picks is told nothing of the tick: see `pick(_:)`.
  ///
  /// - Parameter task: which task.
  /// - Returns: the task; or why it cannot run.
  package func move(picking task: TaskID) -> StepResult {
    entering {
      while true {
        if state.mayChangeByTime, wakeExpired() { wakeHook?() }
        if let slot = state.slot(of: task), state[slot].isQueued || state.cpu.holder == slot {
          let takesPick = state[slot].isQueued && state.policy.pick(state.handle(slot))
          if !takesPick { state.runOutOfTurn(slot) }
          return advance(limit: .max)
        }
        let isIdle = state.cpu.isFree && state.order.isEmpty
        guard isIdle, let deadline = state.nextDeadline() else {
          return .stalled(whyNothingRuns())
        }
        jumpClock(to: deadline)
      }
    }
  }

  /// Called when tasks have woken or arrived at the beginning of a tick, before its choice, and all that is due at the
  /// tick is done; nil calls nobody.
  ///
  /// It may look at the scheduler, and must change nothing.
  package var tasksHaveWoken: (() -> Void)? {
    get { wakeHook }
    set { wakeHook = newValue }
  }

  /// Whether a step that runs no task may still change something.
  package var mayChangeByTime: Bool { state.mayChangeByTime }

  /// About how many tasks a checkpoint would have to copy.
  package var size: Int { state.tasks.count + min(state.registry.endedCount, limits.keptStatuses) }

  /// Has at least so many ended tasks be remembered.
  package func keepStatuses(atLeast count: Int) {
    entering { state.registry.ended.keep(atLeast: count) }
  }

  /// Replaces the observers, and returns the old ones.
  @discardableResult
  package func exchangeObservers(for others: [any Observer]) -> [any Observer] {
    let before = observers
    observers = others
    updateInterests()
    return before
  }
}
