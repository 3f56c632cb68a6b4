public import CorosKernel

// What takes time: steps and jumps, along the recorded future or beyond it.

extension TimeMachine {
  /// Runs one task for one tick: the one that did, where this is the past.
  ///
  /// `stop` tells whether a breakpoint was hit.
  ///
  /// - Parameter limit: the tick that the clock may not pass when nobody is ready; none unless said.
  /// - Returns: the task that ran, or why none could.
  @discardableResult
  public func step(limit: Tick = .max) -> StepResult {
    watching { move(limit: limit) }
  }

  private func move(limit: Tick) -> StepResult {
    if moment < history.count {
      if canFollow(limit: limit) { return follow() }
      branchIfInPast()
    }
    return extend(limit: limit)
  }

  /// Runs until a breakpoint is hit, a condition holds, a number of ticks has passed, or nothing can run.
  ///
  /// - Parameters:
  ///   - ticks: the most ticks of virtual time to run.
  ///   - condition: asked after each move, with the scheduler; true stops the run.
  /// - Returns: why it stopped; if by a breakpoint, `stop` says which.
  @discardableResult
  public func run(
    ticks: Tick = .max,
    until condition: (Scheduler) -> Bool = { _ in false }
  ) -> RunOutcome {
    let (end, isTooFar) = scheduler.now.addingReportingOverflow(max(0, ticks))
    let limit = isTooFar ? .max : end
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

  /// Does some moves, and looks out for breakpoints meanwhile.
  func watching<Result>(_ moves: () -> Result) -> Result {
    guard watch == nil else { return moves() }
    stop = nil
    let enabled = breakpoints.enabled
    guard !enabled.isEmpty else { return moves() }
    let scheduler = scheduler
    let watch = BreakpointWatch(enabled, scheduler)
    if !watch.interests.isEmpty { scheduler.add(watch) }
    self.watch = watch
    defer {
      scheduler.remove(watch)
      self.watch = nil
    }
    return moves()
  }

  /// Sees whether a move has hit breakpoints.
  @inline(__always)
  private func look(after task: TaskID) {
    guard let hits = watch?.hits(after: task), !hits.isEmpty else { return }
    let stops = breakpoints.count(hits)
    if stops.isEmpty { return }
    stop = BreakpointStop(moment: moment, tick: scheduler.now, hits: stops)
  }

  /// Whether the next recorded move ends within a limit.
  private func canFollow(limit: Tick) -> Bool {
    let end = history.ticks[moment + 1]
    let jump = history.firstJump(at: moment)
    if jump < history.jumps.count, history.jumps[jump].moment == moment { return end <= limit }
    return end - 1 < limit
  }

  private func follow() -> StepResult {
    isFollowing = true
    defer { isFollowing = false }
    var playback: Playback
    if let following {
      playback = following
    } else {
      playback = Playback(history, on: scheduler, from: moment)
      playback.skipActions()
    }
    following = nil
    do throws(Divergence) {
      try playback.run(to: moment + 1)
      moment += 1
      look(after: playback.result.task)
      if moment >= nextSave { save() }
      if try playback.doActions() { watch?.noteAct() }
      if moment < history.count { following = playback }
    } catch {
      acceptDivergence(playback)
    }
    return playback.result
  }

  /// Makes a move that nobody has made before.
  func extend(limit: Tick = .max) -> StepResult {
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
        // Those whose time had come are awake now, though nobody runs.
        keep(Self.settling, .waiting) { _ = $0.move(limit: $0.now) }
      }
    }
    return result
  }

  /// Keeps a move of the clock in which nobody ran.
  func keepJump(limit: Tick) {
    noteAdvance()
    history.appendJump(limit: limit, until: scheduler.now)
    moment += 1
    journal.append(.jump(limit: limit))
    journalMoment = moment
    if moment >= nextSave { save() }
  }

  /// Keeps a step whose task was told.
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
