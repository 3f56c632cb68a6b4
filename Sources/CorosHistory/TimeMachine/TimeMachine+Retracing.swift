public import CorosKernel

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
    var playback = playback(from: saves.lastCopy(atOrBefore: start))
    let scheduler = playback.scheduler
    guard try playback.run(to: start, unless: condition) else { return nil }
    if let observer { scheduler.add(observer) }
    // Whoever looks at the scheduler later may do more with it.
    defer { if let observer { scheduler.remove(observer) } }
    guard try playback.run(to: end, unless: condition), !condition() else { return nil }
    try playback.doActions()
    return scheduler
  }
}

extension Playback {
  /// Goes on to a later moment; false when it was given up on the way.
  fileprivate mutating func run(
    to target: Int,
    unless condition: () -> Bool
  ) throws(Divergence) -> Bool {
    // So few steps at a time that whoever is impatient need not wait.
    let stride = 256
    while moment < target {
      if condition() { return false }
      try run(to: min(target, moment + stride))
    }
    return true
  }
}
