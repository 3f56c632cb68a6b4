// The way to the present once more, for those who were not there to listen.

extension TimeMachine {
  /// Brings the way to the present about once more, beside the present, and has somebody listen.
  ///
  /// Nobody else hears of it. It costs as many steps as lie between a checkpoint before the start, or the
  /// first moment, and the present; and no memory that grows with them.
  ///
  /// - Parameters:
  ///   - start: the moment from which on the observer listens, what was done at it included.
  ///   - observer: told of all that happened from then on, with its events numbered anew.
  ///   - condition: asked now and then; true gives up.
  /// - Returns: whether it came to the present.
  /// - Throws: `Divergence`.
  @discardableResult
  public func retrace(
    from start: Int = 0,
    for observer: any Observer,
    unless condition: () -> Bool = { false }
  ) throws(Divergence) -> Bool {
    let start = min(max(0, start), moment)
    let save = start > 0 ? saves.last(atOrBefore: start) { $0.checkpoint != nil } : nil
    let scheduler = make()
    if let checkpoint = save?.checkpoint { scheduler.restore(checkpoint) }
    var playback = Playback(history, on: scheduler, from: save?.moment ?? 0)
    // So few steps at a time that whoever is impatient need not wait.
    let stride = 256
    while playback.moment < start {
      if condition() { return false }
      try playback.run(to: min(start, playback.moment + stride))
    }
    scheduler.add(observer)
    // The tasks that are let go with the scheduler have no part in it.
    defer { scheduler.remove(observer) }
    while playback.moment < moment {
      if condition() { return false }
      try playback.run(to: min(moment, playback.moment + stride))
    }
    if condition() { return false }
    try playback.doActions()
    return true
  }
}
