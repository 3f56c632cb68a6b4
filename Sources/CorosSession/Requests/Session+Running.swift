import CorosHistory
package import CorosKernel

// Making tasks run.

extension Session {
  /// Runs tasks until a number of ticks has passed, nothing can run, a breakpoint is hit, or `poll` says so.
  ///
  /// - Parameters:
  ///   - ticks: The most ticks of virtual time to run.
  ///   - observing: Called after each step, before `poll`.
  /// - Returns: Why it stopped.
  package func run(
    ticks: Tick = .max,
    observing: ((Scheduler) -> Void)? = nil
  ) -> RunOutcome {
    defer { live.wake() }
    return machine.run(ticks: ticks) { [poll] scheduler in
      observing?(scheduler)
      return poll()
    }
  }

  /// Runs one step.
  ///
  /// - Returns: The task that ran, or nil and why there are no more steps; both where a breakpoint was hit or
  ///   `poll` says so.
  package func step() -> (ran: TaskID?, end: RunOutcome?) {
    let result = machine.step()
    let isInterrupted = poll()
    var (ran, end): (TaskID?, RunOutcome?) = (nil, nil)
    switch result {
    case .dispatched(let tid): ran = tid
    case .stalled(let outcome): end = outcome
    }
    if isInterrupted { end = .conditionMet }
    if machine.stop != nil { end = .breakpoint }
    return (ran, end)
  }
}
