// The world outside: what comes in, and runs that wait for it.

extension Scheduler {
  /// Lets objects know what has come for them; of objects that are gone, nothing is said.
  ///
  /// - Parameter arrivals: what a wake source has collected.
  public func admit(_ arrivals: [Arrival]) {
    entering {
      for arrival in arrivals where state.objects.contains(arrival.object) {
        admit(arrival, state.objects[arrival.object].box.type)
      }
    }
  }

  private func admit<Value: KernelObject>(_ arrival: Arrival, _ type: Value.Type) {
    Value.hear(
      of: arrival,
      at: Object(arrival.object),
      in: KernelContext(scheduler: self, slot: .operator)
    )
  }

  /// Runs, and waits for the world when tasks wait for it, until a number of ticks has passed, a condition holds, or
  /// nothing can run any more.
  ///
  /// Without a ``wakeSource`` it is the same as ``run(ticks:until:)``. Blocks the calling thread.
  ///
  /// - Parameters:
  ///   - ticks: the most ticks to run. Where time is virtual, ticks pass at once when nothing is ready.
  ///   - condition: asked every few steps, and while it waits; true stops the run.
  /// - Returns: why it stopped.
  @discardableResult
  public func serve(
    ticks: Tick = .max,
    until condition: (Scheduler) -> Bool = { _ in false }
  ) -> RunOutcome {
    guard let wakeSource else { return run(ticks: ticks, until: condition) }
    let (end, isTooFar) = now.addingReportingOverflow(max(0, ticks))
    var serving = Serving(wakeSource, from: now, limit: isTooFar ? .max : end)
    while now < serving.limit {
      let outcome = serving.round(
        on: self,
        move: { limit in runAFewSteps(limit: limit) },
        admit: { admit($0) }
      )
      if let outcome { return outcome }
      if condition(self) { return .conditionMet }
    }
    return .limitReached
  }

  private func runAFewSteps(limit: Tick) -> StepResult {
    entering {
      var result = advance(limit: limit)
      for _ in 1..<Serving.steps {
        guard case .dispatched = result, state.now < limit else { break }
        result = advance(limit: limit)
      }
      return result
    }
  }

  /// Whether a task waits for something that the world brings.
  package var waitsForWorld: Bool { state.objects.worldWaits > 0 }

  /// Whether nothing can happen up to a tick unless the world brings it; O(n) in the ready tasks.
  package func isIdle(until tick: Tick) -> Bool {
    guard state.objects.worldWaits > 0, state.cpu.isFree, !host.hasOutsiders else { return false }
    if let timer = nextTimer, timer <= tick { return false }
    return state.order.isEmpty
  }

  /// When the next timer goes off; nil when none is armed.
  package var nextTimer: Tick? { state.nextDeadlineAtAGlance }

  /// Whether the world has to be asked before the clock leaps: tasks have run since it was.
  ///
  /// Else something that came meanwhile would be let in only after the leap.
  @inline(never)
  func mustAskWorld() -> Bool {
    asksBeforeLeap = waitsForWorld && now > askedAt
    return asksBeforeLeap
  }

  /// Why no task is ready, when no timer is armed; while tasks wait for the world, time passes up to the limit.
  @inline(never)
  func stall(limit: Tick) -> RunOutcome {
    // Who serves goes on in any case: only at the end of a run does it matter which tasks wait.
    let outcome = isServing && waitsForWorld ? .waiting([]) : whyNothingRuns()
    if case .waiting = outcome, limit < .max { jumpClock(to: limit) }
    return outcome
  }

  /// The tasks among some blocked ones that the world may wake.
  func waitingForWorld(_ blocked: [BlockedTask]) -> [BlockedTask] {
    blocked.filter { task in
      switch task.reason {
      case .object(let place): state.objects[place.object].isFedByWorld
      case .anyOf(let places):
        places.contains { state.objects[$0.object].isFedByWorld }
      case .task, .anyChild, .time, .io, .arrival, .channel, .outside: false
      }
    }
  }
}

extension KernelContext {
  /// The world of this scheduler; nil when it has none.
  public var wakeSource: (any WakeSource)? { scheduler.wakeSource }

  /// Whether the call is handled by a certain scheduler.
  package func belongs(to other: Scheduler) -> Bool { scheduler === other }

  /// Says that what a task asks of the world is not what it asked in the run that is being replayed.
  ///
  /// - Parameters:
  ///   - expected: what is recorded.
  ///   - found: what was asked now.
  package func disagree(expected: String, found: String) {
    if scheduler.disagreement == nil { scheduler.disagreement = (expected, found) }
  }
}
