// The way to a moment once more, for those who were not there to look and listen.

extension TimeMachine {
  /// Brings the way to a moment about once more, beside the present, and has somebody listen.
  ///
  /// Nobody else hears of it. It costs as many steps as lie between a checkpoint before the start, or the
  /// first moment, and the end; and no memory that grows with them.
  ///
  /// - Parameters:
  ///   - start: the moment from which on the observer listens, what was done at it included.
  ///   - end: the moment to come to, with what was done at it; the present unless said otherwise.
  ///   - observer: told of all that happened between the two, with its events numbered anew.
  ///   - condition: asked now and then; true gives up.
  /// - Returns: a scheduler as it stood at the end, for looking; nil when it was given up.
  /// - Throws: `Divergence`.
  @discardableResult
  public func retrace(
    from start: Int = 0,
    to end: Int? = nil,
    for observer: (any Observer)? = nil,
    unless condition: () -> Bool = { false }
  ) throws(Divergence) -> Scheduler? {
    let end = min(max(0, end ?? moment), moment)
    // With nobody listening any checkpoint before the end will do.
    let start = observer == nil ? end : min(max(0, start), end)
    let save = start > 0 ? saves.last(atOrBefore: start) { $0.checkpoint != nil } : nil
    let scheduler = make()
    if let checkpoint = save?.checkpoint { scheduler.restore(checkpoint) }
    var playback = Playback(history, on: scheduler, from: save?.moment ?? 0)
    // So few steps at a time that whoever is impatient need not wait.
    let stride = 256
    while playback.moment < start {
      if condition() { return nil }
      try playback.run(to: min(start, playback.moment + stride))
    }
    if let observer { scheduler.add(observer) }
    // The tasks that are let go with the scheduler have no part in it.
    defer { if let observer { scheduler.remove(observer) } }
    while playback.moment < end {
      if condition() { return nil }
      try playback.run(to: min(end, playback.moment + stride))
    }
    if condition() { return nil }
    try playback.doActions()
    return scheduler
  }
}
