import CorosKernel

// Running backward, to where a breakpoint was hit.

extension TimeMachine {
  /// Goes back to the last moment before the present at which a breakpoint was hit, or else to the first.
  ///
  /// Those are the moments at which a run forward would stop without ignore counts: on the way back hits are
  /// not counted, ignore counts stay, and temporary breakpoints are kept.
  ///
  /// The past is replayed from the nearest save point, then from the one before, and so on: at worst as many
  /// steps as lead to the present, each at the cost of a step with an observer, and then the way to the hit.
  /// The nearer the hit, the sooner it is found; with async tasks the replay always begins at the last save
  /// point before there were any.
  ///
  /// - Parameter condition: asked after each move; true gives up, and all stays as it is.
  /// - Returns: why it ended.
  /// - Throws: `Divergence` when the replay does not go as the recorded run did; then all stays as it is.
  @discardableResult
  public func runBack(
    unless condition: () -> Bool = { false }
  ) throws(Divergence) -> BackwardOutcome {
    stop = nil
    let points = breakpoints.enabled.filter { !$0.isLogging }
    var end = points.isEmpty ? 0 : moment - 1
    while end > 0 {
      let start = saves.lastCopy(atOrBefore: end - 1)
      switch try lastStop(at: points, from: start, through: end, unless: condition) {
      case .interrupted: return .interrupted
      case .breakpoint(let found):
        guard try go(to: found.moment, unless: condition) else { return .interrupted }
        stop = found
        return .breakpoint(found)
      case .beginning: end = start?.moment ?? 0
      }
    }
    return try go(to: 0, unless: condition) ? .beginning : .interrupted
  }

  /// Replays a stretch of the past, on a scheduler of its own, and finds the last stop in it.
  private func lastStop(
    at points: [Breakpoint],
    from start: SavePoint?,
    through end: Int,
    unless condition: () -> Bool
  ) throws(Divergence) -> BackwardOutcome {
    var replay = try beginReplay(from: start)
    let scheduler = replay.scheduler
    let finders =
      points.contains(where: \.point.isFinding) ? listen(to: scheduler, from: start) : nil
    defer { if let finders { recall(finders.known) } }
    try replay.redoActions()
    let watch = BreakpointWatch(points, scheduler, finders?.recorders ?? [])
    watch.attach()
    defer { watch.detach() }
    var last: BreakpointStop?
    while replay.moment < end {
      let hits = try replay.step(under: watch)
      if !hits.isEmpty {
        last = BreakpointStop(moment: replay.moment, tick: scheduler.now, hits: hits)
      }
      try replay.redoActions(under: watch)
      if condition() { return .interrupted }
    }
    return last.map { .breakpoint($0) } ?? .beginning
  }

  /// Has the recorders that find something listen to a replay, from what they knew where it begins.
  ///
  /// - Returns: the recorders, and what all of them know now, to be recalled afterwards.
  private func listen(
    to scheduler: Scheduler,
    from start: SavePoint?
  ) -> (recorders: [any Finder], known: [ObjectIdentifier: Any]) {
    let known = memories
    recall(start?.memories ?? [:])
    for finder in finders { scheduler.add(finder) }
    return (finders, known)
  }
}
