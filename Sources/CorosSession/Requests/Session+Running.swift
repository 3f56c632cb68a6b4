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
    let start = machine.moment
    var list = DispatchList(before: scheduler)
    let outcome = machine.run(ticks: ticks) { [poll] scheduler in
      list.note(scheduler)
      return poll()
    }
    return report(list, since: start, outcome)
  }

  /// Runs a number of steps, or as many as there are before nothing can run, a breakpoint is hit, or `poll`
  /// says so.
  ///
  /// - Returns: Who ran, and why there were no more steps.
  package func step(_ count: Int = 1) -> RunReport {
    let start = machine.moment
    var list = DispatchList(before: scheduler)
    var outcome: RunOutcome?
    var dispatches = 0
    while dispatches < count, outcome == nil {
      switch machine.step() {
      case .dispatched: dispatches += 1
      case .stalled(let reason): outcome = reason
      }
      list.note(scheduler)
      if poll() { outcome = .conditionMet }
      if machine.stop != nil { outcome = .breakpoint }
    }
    return report(list, since: start, outcome)
  }

  private func report(
    _ list: DispatchList,
    since moment: Int,
    _ outcome: RunOutcome?
  ) -> RunReport {
    RunReport(
      dispatched: list.tids,
      dispatches: machine.dispatches(since: moment),
      tick: scheduler.now,
      end: outcome.map(explain)
    )
  }
}
