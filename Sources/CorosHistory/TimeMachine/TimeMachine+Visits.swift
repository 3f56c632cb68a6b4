package import CorosKernel

// Looking at many moments of the past, one after the other, beside the present.

extension TimeMachine {
  /// Replays a part of the past on a scheduler of its own, and shows each moment of it.
  ///
  /// The present stays as it is and hears nothing. The replay costs what ``replay(from:to:for:within:unless:)``
  /// costs; its memory does not grow with the moments.
  ///
  /// - Parameters:
  ///   - start: the first moment to show.
  ///   - end: the last one. Default: the present.
  ///   - observer: hears, besides, what happens from `start` on.
  ///   - condition: asked after each move; true gives up.
  ///   - body: looks at the scheduler as it stands at a moment, including what was done at it; it must not change
  ///     it, nor keep it.
  /// - Returns: whether all were shown.
  /// - Throws: `Divergence` when the replay does not go as the recorded run did.
  package func visit(
    from start: Int = 0,
    to end: Int? = nil,
    for observer: (any Observer)? = nil,
    unless condition: () -> Bool = { false },
    _ body: (Scheduler) -> Void
  ) throws(Divergence) -> Bool {
    let end = min(max(0, end ?? moment), moment)
    let start = min(max(0, start), end)
    var replay = try beginReplay(from: saves.lastCopy(atOrBefore: start))
    guard try replay.run(to: start, unless: { note($0, condition) }) else { return false }
    if let observer { replay.scheduler.add(observer) }
    while true {
      try replay.redoActions()
      body(replay.scheduler)
      if replay.moment == end { return true }
      if note(replay.moment, condition) { return false }
      try replay.run(to: replay.moment + 1)
    }
  }

  /// Notes how far a replay has come, and asks whether to give it up.
  func note(_ moment: Int, _ condition: () -> Bool) -> Bool {
    replayedMoment = moment
    return condition()
  }
}
