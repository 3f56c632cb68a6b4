package import CorosKernel

// Looking at many moments of the past, one after the other, beside the present.

extension TimeMachine {
  /// Shows another tick of the present branch as if it were the present, and then is as it was.
  ///
  /// What is due at the tick has happened. No journal knows of it, and observers that are no recorders hear nothing.
  ///
  /// - Parameters:
  ///   - tick: which tick; one beyond the last means the last.
  ///   - withDue: false shows the tick before anything happens that is due at it.
  ///   - condition: asked now and then; true gives up.
  ///   - body: looks at the machine; it must neither change it nor go elsewhere.
  /// - Returns: whether it has been shown.
  /// - Throws: `Divergence` when the replay does not go as the recorded run did.
  package func glance(
    atTick tick: Tick,
    withDue: Bool = true,
    unless condition: () -> Bool = { false },
    _ body: () -> Void
  ) throws(Divergence) -> Bool {
    let target = moment(atTick: max(0, tick))
    let isPresent = target == moment && (tick <= scheduler.now || ahead == 0)
    if isPresent {
      guard withDue, scheduler.hasDue, !scheduler.waitsForWorld else {
        body()
        return true
      }
      if scheduler.foresee(body) { return true }
    }
    let known = memories
    let present = (scheduler, moment, nextSave, future)
    future = nil
    defer {
      (scheduler, moment, nextSave, future) = present
      recall(known)
    }
    let start = saves.lastCopy(atOrBefore: target)
    guard try begin(from: start, goingTo: target, unless: condition) else { return false }
    scheduler.exchangeObservers(for: recorders)
    scheduler.come(to: min(tick, lastTick), withDue: withDue)
    body()
    return true
  }

  /// The tick at the end of the recorded future.
  private var lastTick: Tick { history.ticks[history.count] }

  /// Replays a part of the past on a scheduler of its own, and shows each moment of it.
  ///
  /// The present stays as it is and hears nothing. The replay costs what ``replay(from:to:for:in:within:unless:)``
  /// costs; its memory does not grow with the moments.
  ///
  /// - Parameters:
  ///   - start: the first moment to show.
  ///   - end: the last one. Default: the present.
  ///   - observer: hears, besides, what happens from `start` on.
  ///   - beforeDue: looks at each moment first, before anything happens that is due at its tick; false leaves it so.
  ///   - showsIdleTime: whether to show the ticks of idle time between two moments, too.
  ///   - condition: asked after each move; true gives up.
  ///   - body: looks at the scheduler as it stands at a moment, including what was done at it and what is due at its
  ///     tick; it must not change it, nor keep it.
  /// - Returns: whether all were shown.
  /// - Throws: `Divergence` when the replay does not go as the recorded run did.
  package func visit(
    from start: Int = 0,
    to end: Int? = nil,
    for observer: (any Observer)? = nil,
    beforeDue: ((Scheduler) -> Bool)? = nil,
    showsIdleTime: Bool = false,
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
      if beforeDue?(replay.scheduler) != false {
        replay.scheduler.come(to: replay.scheduler.now)
      }
      body(replay.scheduler)
      if replay.moment == end { return true }
      if note(replay.moment, condition) { return false }
      if showsIdleTime {
        showIdleTime(of: replay.scheduler, until: history.ticks[replay.moment + 1], body)
      }
      try replay.run(to: replay.moment + 1)
    }
  }

  /// Shows the ticks of idle time before the next moment: each of a short time, and those of a long one at which
  /// something is due.
  private func showIdleTime(
    of scheduler: Scheduler,
    until end: Tick,
    _ body: (Scheduler) -> Void
  ) {
    let isShort = end - scheduler.now <= Self.shortIdleTime
    while scheduler.now + 1 < end {
      var tick = scheduler.now + 1
      if !isShort {
        guard let due = scheduler.nextTimer, due > scheduler.now, due < end else { return }
        tick = due
      }
      scheduler.come(to: tick)
      if scheduler.now != tick { return }
      body(scheduler)
    }
  }

  /// The ticks of idle time that are all worth a look.
  private static let shortIdleTime: Tick = 100

  /// Notes how far a replay has come, and asks whether to give it up.
  func note(_ moment: Int, _ condition: () -> Bool) -> Bool {
    replayedMoment = moment
    return condition()
  }
}
