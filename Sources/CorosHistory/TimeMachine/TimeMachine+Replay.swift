public import CorosKernel

// Replaying the past beside the present, for an observer or for a look at it.

extension TimeMachine {
  /// Replays a part of the history, on a scheduler of its own, and tells an observer.
  ///
  /// The present stays as it is and hears nothing. The replay costs as many steps as lie between a checkpoint
  /// before the start, or the first moment, and the end; its memory does not grow with them.
  ///
  /// - Parameters:
  ///   - start: the moment from which on the observer is told, including what was done at it.
  ///   - end: the moment to come to, including what was done at it. Default: the present.
  ///   - observer: is told all that happened between the two, with its events numbered anew.
  ///   - source: a world of its own, which must answer as the recorded one did; nil for what is recorded. Then it begins
  ///     at the first moment.
  ///   - moves: the most moves to make; where more are needed, none is made.
  ///   - condition: asked now and then; true gives up.
  /// - Returns: a scheduler as it stood at the end; nil when the replay was given up.
  /// - Throws: `Divergence` when the replay does not go as the recorded run did.
  @discardableResult
  public func replay(
    from start: Int = 0,
    to end: Int? = nil,
    for observer: (any Observer)? = nil,
    in source: (any WakeSource)? = nil,
    within moves: Int = .max,
    unless condition: () -> Bool = { false }
  ) throws(Divergence) -> Scheduler? {
    let end = min(max(0, end ?? moment), moment)
    // Without an observer any checkpoint before the end will do.
    let start = observer == nil ? end : min(max(0, start), end)
    var replay = try beginReplay(from: source == nil ? saves.lastCopy(atOrBefore: start) : nil)
    if let source { replay.scheduler.wakeSource = source }
    guard end - replay.moment <= moves else { return nil }
    let scheduler = replay.scheduler
    guard try replay.run(to: start, unless: { note($0, condition) }) else { return nil }
    if let observer { scheduler.add(observer) }
    // The caller may do more with the scheduler.
    defer { if let observer { scheduler.remove(observer) } }
    guard try replay.run(to: end, unless: { note($0, condition) }), !condition() else { return nil }
    try replay.redoActions()
    return scheduler
  }

  /// Begins a replay of the present history on a new scheduler, from a checkpoint or from the first moment.
  func beginReplay(from start: SavePoint?) throws(Divergence) -> Replay {
    if let replayRefusal {
      throw Divergence(
        moment: moment,
        tick: scheduler.now,
        expected: "",
        found: "",
        refusal: replayRefusal
      )
    }
    let scheduler = make()
    if let checkpoint = start?.checkpoint { scheduler.restore(checkpoint) }
    return Replay(history, on: scheduler, from: start?.moment ?? 0)
  }
}
