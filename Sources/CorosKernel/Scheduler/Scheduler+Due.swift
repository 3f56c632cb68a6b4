// What is due at a tick is part of that tick: looking at a machine with all of it done.

extension Scheduler {
  /// Whether something is due at the present tick that has not happened yet.
  ///
  /// That is a timer, so that a task wakes or arrives or an alarm goes off before the next choice, or a preemption. O(1).
  package var hasDue: Bool { nextTimer.map { $0 <= now } ?? false || isPreemptionDue }

  private var isPreemptionDue: Bool {
    guard state.policy.interests.contains(.ticks), !state.cpu.isFree, !state.cpu.isOutOfTurn else {
      return false
    }
    let holder = state.cpu.holder
    var policy = state.policy
    policy.beginTick(now)
    policy.tellTime(now, state.cpu)
    return policy.preempts(state.handle(holder), after: state.cpu.turn(of: holder, at: now))
  }

  /// The task whose timer goes off next; nil when none is armed, or when it is an alarm.
  package var nextTimerTask: TaskID? {
    var timers = state.waits.timers
    guard let slot = timers.earliest(in: state.tasks)?.slot, slot != .operator else { return nil }
    return state[slot].tid
  }

  /// Lets the clock come to a tick at which no task has run yet, and does all that is due by then.
  ///
  /// The next step is the same as if this had not been called: it finds done what it would have done itself.
  ///
  /// - Parameters:
  ///   - tick: the present tick, or a later one before which no task can run.
  ///   - withDue: whether what is due at that very tick is done, too.
  package func come(to tick: Tick, withDue: Bool = true) {
    entering {
      while now < tick {
        let before = now
        guard case .stalled = advance(limit: tick), now > before else { break }
      }
      guard withDue, state.mayChangeByTime else { return }
      wakeExpired()
      state.preempt()
    }
  }

  /// Shows the machine as it is once all is done that is due at the present tick, and then is as it was.
  ///
  /// Observers hear nothing. O(n).
  ///
  /// - Parameter body: looks at the scheduler; it must not change it.
  /// - Returns: whether it was shown: not where tasks are async functions, which cannot be copied, nor where they wait
  ///   for the world.
  package func foresee(_ body: () -> Void) -> Bool {
    guard !waitsForWorld, isCopyable else { return false }
    let saved = save()
    let (hook, count) = (wakeHook, eventCount)
    wakeHook = nil
    let audience = exchangeObservers(for: [])
    come(to: now)
    body()
    restore(taking: saved)
    exchangeObservers(for: audience)
    (wakeHook, eventCount) = (hook, count)
    return true
  }
}
