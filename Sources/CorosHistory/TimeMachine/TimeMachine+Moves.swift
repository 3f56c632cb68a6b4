public import CorosKernel

// The moves that take time, steps and jumps: replayed where there is a recorded future, new beyond it.

extension TimeMachine {
  /// Runs one task for one tick; in the past, the task that ran there.
  ///
  /// `stop` says whether a breakpoint was hit, and `divergence` whether the past could not be replayed.
  ///
  /// - Parameter limit: the tick that the clock may not pass when no task is ready. Default: none.
  /// - Returns: the task that ran, or why none could.
  @discardableResult
  public func step(limit: Tick = .max) -> StepResult {
    divergence = nil
    return watching { move(limit: limit) }
  }

  private func move(limit: Tick) -> StepResult {
    if moment < history.count {
      if canReplay(limit: limit) { return replayMove() }
      branchIfInPast()
    }
    return extend(limit: limit)
  }

  /// Runs until a breakpoint is hit, a condition holds, a number of ticks has passed, or nothing can run.
  ///
  /// - Parameters:
  ///   - ticks: the most ticks of virtual time to run.
  ///   - condition: asked after each move, with the scheduler; true stops the run.
  /// - Returns: why it stopped: `stop` says by which breakpoint, and `divergence` whether a recorded future
  ///   could not be replayed.
  @discardableResult
  public func run(
    ticks: Tick = .max,
    until condition: (Scheduler) -> Bool = { _ in false }
  ) -> RunOutcome {
    let (end, isTooFar) = scheduler.now.addingReportingOverflow(max(0, ticks))
    let limit = isTooFar ? .max : end
    divergence = nil
    return watching {
      while scheduler.now < limit {
        let before = moment
        let isPast = ahead > 0
        if case .stalled(let outcome) = move(limit: limit), !(isPast && moment != before) {
          return stop == nil ? outcome : .breakpoint
        }
        let isMet = condition(scheduler)
        if watch != nil, stop != nil { return .breakpoint }
        if isMet { return .conditionMet }
      }
      return .limitReached
    }
  }

  /// Makes some moves, and watches for breakpoints meanwhile.
  func watching<Result>(_ moves: () -> Result) -> Result {
    guard watch == nil else { return moves() }
    stop = nil
    let enabled = breakpoints.enabled
    guard !enabled.isEmpty else { return moves() }
    let scheduler = scheduler
    let watch = BreakpointWatch(enabled, scheduler)
    watch.attach()
    self.watch = watch
    defer {
      watch.detach()
      self.watch = nil
    }
    return moves()
  }

  /// Looks for breakpoints that a move has hit.
  @inline(__always)
  private func look(after task: TaskID) {
    if let watch { stop(at: watch.hits(after: task)) }
  }

  private func stop(at hits: [BreakpointHit]) {
    if hits.isEmpty { return }
    let stops = breakpoints.count(hits)
    if stops.isEmpty { return }
    stop = BreakpointStop(moment: moment, tick: scheduler.now, hits: stops)
  }

  /// Whether the next recorded move ends within a limit.
  private func canReplay(limit: Tick) -> Bool {
    let end = history.ticks[moment + 1]
    let jump = history.firstJump(at: moment)
    if jump < history.jumps.count, history.jumps[jump].moment == moment { return end <= limit }
    return end - 1 < limit
  }

  private func replayMove() -> StepResult {
    isReplaying = true
    defer { isReplaying = false }
    var replay: Replay
    if let future {
      replay = future
    } else {
      replay = Replay(history, on: scheduler, from: moment)
      replay.skipActions()
    }
    future = nil
    do throws(Divergence) {
      let hits = try replay.step(under: watch)
      moment += 1
      stop(at: hits)
      if moment >= nextSave { save() }
      try replay.redoActions(under: watch)
      if moment < history.count { future = replay }
    } catch {
      divergence = error
      acceptDivergence(replay)
    }
    return replay.result
  }

  /// Makes a new move, and records it; idle time ends at the next tick at which a breakpoint is to stop.
  func extend(limit: Tick = .max) -> StepResult {
    guard let watch, watch.nextTick < limit else { return extendFreely(limit: limit) }
    let tick = watch.nextTick
    let result = extendFreely(limit: tick)
    // A breakpoint that passes over its hit lets the clock go on.
    guard case .stalled = result, stop == nil, scheduler.now == tick, watch.nextTick > tick else {
      return result
    }
    return extend(limit: limit)
  }

  private func extendFreely(limit: Tick) -> StepResult {
    let before = scheduler.now
    let mayWake = scheduler.mayChangeByTime
    let result = scheduler.move(limit: limit)
    switch result {
    case .dispatched(let task):
      history.appendStep(of: task, until: scheduler.now)
      moment += 1
      look(after: task)
      if moment >= nextSave { save() }
    case .stalled:
      if scheduler.now != before {
        keepJump(limit: limit)
        look(after: .operator)
      } else if mayWake, !isSettled {
        // Tasks whose deadline had come are awake now, though none runs.
        keep(Self.settling, .waiting) {
          _ = $0.move(limit: $0.now)
          return nil
        }
      }
    }
    return result
  }

  /// Records a move of the clock in which no task ran.
  func keepJump(limit: Tick) {
    noteAdvance()
    history.appendJump(limit: limit, until: scheduler.now)
    moment += 1
    journal.append(.jump(limit: limit))
    journalMoment = moment
    if moment >= nextSave { save() }
  }

  /// Records a step whose task a schedule chose.
  func keepPickedStep(of task: TaskID) {
    history.appendPickedStep(of: task, until: scheduler.now)
    moment += 1
    if moment >= nextSave { save() }
  }

  private var isSettled: Bool {
    guard let last = history.actions.last else { return false }
    return last.moment == moment && last.label == Self.settling
  }
}
