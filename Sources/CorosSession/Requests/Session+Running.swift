import CorosHistory
package import CorosKernel

// Making tasks run.

extension Session {
  /// Runs tasks until a number of ticks has passed, nothing can run, a breakpoint is hit, or `poll` says so.
  ///
  /// - Parameter ticks: The most ticks of virtual time to run.
  /// - Returns: Who ran, and why it stopped.
  package func run(ticks: Tick = .max) -> RunReport {
    defer { live.wake() }
    var dispatched = DispatchList()
    var busy = scheduler.busyTicks
    let outcome = machine.run(ticks: ticks) { [poll] scheduler in
      // Where only the clock has moved, as in a jump that is replayed, no task ran.
      let before = busy
      busy = scheduler.busyTicks
      if busy != before, let tid = scheduler.lastDispatched { dispatched.append(tid) }
      return poll()
    }
    return RunReport(dispatched: dispatched, tick: scheduler.now, end: explain(outcome))
  }

  /// Runs a number of steps, or as many as there are before nothing can run, a breakpoint is hit, or `poll`
  /// says so.
  ///
  /// - Returns: Who ran, and why there were no more steps.
  package func step(_ count: Int = 1) -> RunReport {
    var dispatched = DispatchList()
    var outcome: RunOutcome?
    while dispatched.count < count, outcome == nil {
      switch machine.step() {
      case .dispatched(let tid): dispatched.append(tid)
      case .stalled(let reason): outcome = reason
      }
      if poll() { outcome = .conditionMet }
      if machine.stop != nil { outcome = .breakpoint }
    }
    return RunReport(
      dispatched: dispatched,
      tick: scheduler.now,
      end: outcome.map(explain)
    )
  }
}
