/// How a run takes turns with the world: the same for a scheduler alone and for one that is recorded.
package struct Serving {
  /// So many steps are made at most before the world is asked again.
  package static let steps = 64

  private let source: any WakeSource
  package let limit: Tick
  /// Whether nothing could run when it was tried last.
  private var isIdle = false

  package init(_ source: any WakeSource, from tick: Tick, limit: Tick) {
    self.source = source
    self.limit = limit
    source.begin(at: tick)
  }

  /// Asks the world what has come, and makes a few steps; or waits a little, when there is nothing to do.
  ///
  /// - Parameters:
  ///   - scheduler: the scheduler as it stands.
  ///   - move: makes a few steps, or lets the clock go up to a limit.
  ///   - admit: lets in what has come.
  /// - Returns: why the run is over; nil when it goes on.
  package mutating func round(
    on scheduler: Scheduler,
    move: (Tick) -> StepResult,
    admit: ([Arrival]) -> Void
  ) -> RunOutcome? {
    let timer = isIdle ? scheduler.nextTimer : nil
    let arrivals = source.collect(waits: isIdle, until: min(timer ?? limit, limit))
    let tick = source.tick
    let end = min(limit, tick ?? .max)
    if isIdle {
      // It goes on when something has come, or the world has come to the next timer or to the limit.
      let isDue = tick.map { $0 >= min(timer ?? .max, limit) } ?? false
      guard !arrivals.isEmpty || isDue else { return nil }
      if tick != nil, scheduler.now < end, case .stalled(let outcome) = move(end), isDue,
        arrivals.isEmpty
      {
        return goesOn(after: outcome, end) ? nil : outcome
      }
      isIdle = false
    }
    if !arrivals.isEmpty { admit(arrivals) }
    // The world has not come to this tick yet.
    guard scheduler.now < end else { return nil }
    // In real time the clock need not go on before something happens: else each look would be a move to be recorded.
    if tick != nil, end < limit, scheduler.isIdle(until: end) {
      isIdle = true
      return nil
    }
    scheduler.isServing = true
    (scheduler.askedAt, scheduler.asksBeforeLeap) = (scheduler.now, false)
    defer { scheduler.isServing = false }
    guard case .stalled(let outcome) = move(end), !scheduler.asksBeforeLeap else { return nil }
    isIdle = goesOn(after: outcome, end)
    return isIdle ? nil : outcome
  }

  /// Whether the world, or its time, may change that nothing runs.
  private func goesOn(after outcome: RunOutcome, _ end: Tick) -> Bool {
    switch outcome {
    case .waiting: true
    case .idle, .limitReached: end < limit
    default: false
    }
  }
}
