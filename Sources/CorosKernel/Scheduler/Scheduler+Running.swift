// Running until something stops it.

extension Scheduler {
  /// Runs until no task is left, or none can run again without help.
  ///
  /// Blocks the calling thread for as long as tasks run; with `ForeignAwaits.park`, also while all of
  /// them wait for something outside.
  ///
  /// - Returns: why it stopped: all finished, deadlock, or all that is left is stopped.
  @discardableResult
  public func runEventLoop() -> RunOutcome {
    run()
  }

  /// Runs until a number of ticks has passed, or nothing can run.
  ///
  /// When no task is ready at the limit, the clock stops there.
  ///
  /// - Parameter ticks: the most ticks of virtual time to run.
  /// - Returns: why it stopped.
  @discardableResult
  public func run(ticks: Tick = .max) -> RunOutcome {
    let limit = tick(after: ticks)
    return entering {
      while now < limit {
        if let outcome = advanceOrWait(limit: limit) { return outcome }
      }
      return .limitReached
    }
  }

  /// Runs until a condition holds, a number of ticks has passed, or nothing can run.
  ///
  /// - Parameters:
  ///   - ticks: the most ticks of virtual time to run.
  ///   - condition: asked after each step, with the scheduler; true stops the run.
  /// - Returns: why it stopped.
  @discardableResult
  public func run(ticks: Tick = .max, until condition: (Scheduler) -> Bool) -> RunOutcome {
    let limit = tick(after: ticks)
    while now < limit {
      if let outcome = entering({ advanceOrWait(limit: limit) }) { return outcome }
      if condition(self) { return .conditionMet }
    }
    return .limitReached
  }

  /// One step, or a short wait for tasks outside the kernel; the outcome when neither helps.
  @inline(__always)
  private func advanceOrWait(limit: Tick) -> RunOutcome? {
    switch advance(limit: limit) {
    case .dispatched: return nil
    case .stalled(.outside):
      host.waitForReturn(milliseconds: 10)
      return nil
    case .stalled(let outcome): return outcome
    }
  }

  private func tick(after ticks: Tick) -> Tick {
    let (tick, isTooFar) = now.addingReportingOverflow(max(0, ticks))
    return isTooFar ? .max : tick
  }

  /// Whether no task is left, and only alarms are.
  var isOver: Bool { state.registry.liveCount == 0 && !isOperatorWaiting }

  /// The tick of the present step, for a task that asks without a system call.
  func readTick() -> Tick {
    touch(.clock, change: false, by: state.cpu.lastDispatched)
    clockReadings &+= 1
    return state.now
  }

  /// Says why nothing is ready, when no timer is armed.
  func whyNothingRuns() -> RunOutcome {
    if state.registry.liveCount == 0 { return .allFinished }
    let ready = readyQueue
    if !ready.isEmpty { return .undecided(ready) }
    let outside = parked.filter { state.reason(of: $0) == .outside }
    if !outside.isEmpty { return .outside(outside) }
    var stopped: [TaskID] = []
    var blocked: [BlockedTask] = []
    for tid in state.registry.liveTasks {
      guard let slot = state.slot(of: tid) else { continue }
      if state[slot].isStopped { stopped.append(tid) }
      if let target = state[slot].wait?.reason {
        blocked.append(
          BlockedTask(
            tid: tid,
            name: state.name(of: slot),
            reason: state.named(target),
            holders: state.holders(of: target),
            holds: state.objects.holds.holds(of: slot).reversed().map {
              state.objects[$0.object].name
            }
          )
        )
      }
    }
    let waiting = waitingForWorld(blocked)
    if !waiting.isEmpty { return .waiting(waiting) }
    return stopped.isEmpty ? .deadlock(Deadlock(blocked: blocked)) : .stopped(stopped)
  }
}
