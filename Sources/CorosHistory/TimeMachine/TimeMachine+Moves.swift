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
    return watching {
      admitWithoutWaiting()
      return move(limit: limit, .everyMove)
    }
  }

  /// Makes one move, or several new ones at a stretch.
  private func move(limit: Tick, _ polling: Polling) -> StepResult {
    if moment < history.count {
      if canReplay(limit: limit) { return replayMove() }
      branchIfInPast()
    }
    return extend(limit: limit, polling)
  }

  /// Runs until a breakpoint is hit, a number of ticks has passed, or nothing can run.
  ///
  /// - Parameter ticks: the most ticks of virtual time to run.
  /// - Returns: why it stopped: `stop` says by which breakpoint, and `divergence` whether a recorded future
  ///   could not be replayed.
  @discardableResult
  public func run(ticks: Tick = .max) -> RunOutcome {
    run(ticks: ticks, polling: .every(.max)) { _ in false }
  }

  /// Runs until a breakpoint is hit, a condition holds, a number of ticks has passed, or nothing can run.
  ///
  /// - Parameters:
  ///   - ticks: the most ticks of virtual time to run.
  ///   - polling: how often the condition is asked. Default: after each move.
  ///   - condition: asked with the scheduler; true stops the run.
  /// - Returns: why it stopped: `stop` says by which breakpoint, and `divergence` whether a recorded future
  ///   could not be replayed.
  @discardableResult
  public func run(
    ticks: Tick = .max,
    polling: Polling = .everyMove,
    until condition: (Scheduler) -> Bool
  ) -> RunOutcome {
    let (end, isTooFar) = scheduler.now.addingReportingOverflow(max(0, ticks))
    let limit = isTooFar ? .max : end
    divergence = nil
    return watching {
      var serving: Serving?
      while true {
        let scheduler = scheduler
        if scheduler.now >= limit { return .limitReached }
        if let source = scheduler.wakeSource, ahead == 0, source.isActive {
          if let outcome = round(&serving, source, limit: limit, polling) {
            return stop == nil ? outcome : .breakpoint
          }
        } else {
          let before = moment
          let isPast = ahead > 0
          if case .stalled(let outcome) = move(limit: limit, polling),
            !(isPast && moment != before),
            !mayServe(outcome)
          {
            return stop == nil ? outcome : .breakpoint
          }
        }
        polling.bell?.answer()
        let isMet = condition(scheduler)
        if watch != nil, stop != nil { return .breakpoint }
        if isMet { return .conditionMet }
      }
    }
  }

  /// Whether a run that began without the world goes on with it.
  private func mayServe(_ outcome: RunOutcome) -> Bool {
    if case .waiting = outcome {
      ahead == 0 && scheduler.wakeSource?.isActive == true
    } else {
      false
    }
  }

  /// Makes some moves, and watches for breakpoints meanwhile.
  func watching<Result>(_ moves: () -> Result) -> Result {
    guard watch == nil else { return moves() }
    stop = nil
    let enabled = breakpoints.enabled
    guard !enabled.isEmpty else { return moves() }
    let scheduler = scheduler
    let watch = BreakpointWatch(enabled, scheduler, finders)
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
    let (stops, logged) = breakpoints.count(hits)
    if !logged.isEmpty { logHits(logged) }
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

  /// Makes new moves and records them, until the polling, a limit or the operator's call ends them.
  ///
  /// While breakpoints are watched for it makes one move; idle time then ends at the next tick at which a
  /// breakpoint is to stop.
  ///
  /// - Returns: the result of the last move.
  func extend(limit: Tick, _ polling: Polling, endsWithCall: Bool = false) -> StepResult {
    guard let watch else {
      let most = min(polling.moves, max(1, nextSave - moment))
      return record(most, limit: limit, polling.bell, endsWithCall)
    }
    while true {
      let tick = watch.nextTick
      let result = record(1, limit: min(tick, limit), polling.bell, endsWithCall)
      guard tick < limit, case .stalled = result, stop == nil, scheduler.now == tick else {
        return result
      }
      // A breakpoint that passes over its hit lets the clock go on.
      if watch.nextTick == tick { return result }
    }
  }

  private func record(
    _ moves: Int,
    limit: Tick,
    _ bell: Doorbell?,
    _ endsWithCall: Bool
  ) -> StepResult {
    let scheduler = scheduler
    isRecording = true
    let run = scheduler.run(
      recording: history.beginRecording(),
      limit: limit,
      steps: moves,
      until: bell,
      endsWithCall: endsWithCall
    )
    isRecording = false
    history.endRecording()
    moment = history.count
    switch run.result {
    case .dispatched(let task):
      look(after: task)
      if moment >= nextSave { save() }
    case .stalled:
      if scheduler.now != run.tick {
        keepJump(limit: limit)
        look(after: .operator)
      } else if run.mayChangeByTime, !isSettled {
        // Tasks whose deadline had come are awake now, though none runs.
        keep(Self.settling, .waiting) {
          _ = $0.move(limit: $0.now)
          return nil
        }
      }
    }
    return run.result
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
