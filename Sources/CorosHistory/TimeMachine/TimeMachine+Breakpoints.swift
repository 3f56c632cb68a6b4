import CorosKernel

// Running backwards, to where a breakpoint was hit.

extension TimeMachine {
  /// Goes back to the last moment before the present at which a breakpoint was hit.
  ///
  /// Those are the moments at which a run forward would stop, were there nothing to pass over: hits are not
  /// counted on the way back, ignore counts are left alone, and no temporary breakpoint goes. When there is no
  /// such moment it goes to the first.
  ///
  /// The past is brought about once more from the nearest save point, and then the stretch before that one:
  /// at worst as many steps as lead to the present, at what a step costs when somebody listens, and then a
  /// journey. The nearer the hit, the sooner it is found; with async tasks it is always a run from the
  /// last save point before there were any.
  ///
  /// - Parameter condition: asked after each move; true gives up, and all stays as it is.
  /// - Returns: why it ended.
  /// - Throws: `Divergence` when the past does not come out as it was; then all stays as it is.
  @discardableResult
  public func runBack(
    unless condition: () -> Bool = { false }
  ) throws(Divergence) -> BackwardOutcome {
    stop = nil
    let points = breakpoints.enabled
    var end = points.isEmpty ? 0 : moment - 1
    while end > 0 {
      let start = saves.lastCopy(atOrBefore: end - 1)
      switch try lastStop(at: points, from: start, through: end, unless: condition) {
      case .interrupted: return .interrupted
      case .breakpoint(let found):
        try go(to: found.moment)
        stop = found
        return .breakpoint(found)
      case .beginning: end = start?.moment ?? 0
      }
    }
    try go(to: 0)
    return .beginning
  }

  /// Brings a stretch of the past about once more, on a scheduler of its own; the last stop in it.
  private func lastStop(
    at points: [Breakpoint],
    from start: SavePoint?,
    through end: Int,
    unless condition: () -> Bool
  ) throws(Divergence) -> BackwardOutcome {
    var playback = playback(from: start)
    let scheduler = playback.scheduler
    try playback.doActions()
    let watch = BreakpointWatch(points, scheduler)
    if !watch.interests.isEmpty { scheduler.add(watch) }
    defer { scheduler.remove(watch) }
    var last: BreakpointStop?
    while playback.moment < end {
      try playback.run(to: playback.moment + 1)
      let hits = watch.hits(after: playback.result.task)
      if !hits.isEmpty {
        last = BreakpointStop(moment: playback.moment, tick: scheduler.now, hits: hits)
      }
      if try playback.doActions() { watch.noteAct() }
      if condition() { return .interrupted }
    }
    return last.map { .breakpoint($0) } ?? .beginning
  }
}
