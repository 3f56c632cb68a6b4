public import CorosKernel

/// A scheduler that is taken through a history once more.
///
/// It compares what it sees with what is written, and stops where they part.
struct Playback {
  let scheduler: Scheduler
  let history: History
  /// Where it stands: the moves that have been made.
  private(set) var moment: Int
  private var nextAction: Int
  private var nextJump: Int
  private var nextPicked: Int
  /// What came of the last move.
  private(set) var result = StepResult.stalled(.limitReached)
  /// Who is to run next; nil where nobody compares.
  private var cursor: ChoiceLog.Cursor?

  /// Begins at a moment whose actions have not been done.
  init(_ history: History, on scheduler: Scheduler, from moment: Int = 0) {
    self.history = history
    self.scheduler = scheduler
    self.moment = moment
    nextAction = history.firstAction(at: moment)
    nextJump = history.firstJump(at: moment)
    nextPicked = history.firstPicked(at: moment)
    if moment == 0 || nextPicked < history.picked.count {
      var cursor = ChoiceLog.Cursor(history.choices)
      cursor.skip(moment)
      self.cursor = cursor
    }
  }

  /// Passes over the actions of the present moment, which have been done.
  mutating func skipActions() {
    nextAction = history.firstAction(at: moment + 1)
  }

  /// Does the actions of the present moment that have not been done.
  ///
  /// - Returns: whether there were any.
  /// - Throws: `Divergence` when one of them cannot be done.
  @discardableResult
  mutating func doActions() throws(Divergence) -> Bool {
    let first = nextAction
    while nextAction < history.actions.count, history.actions[nextAction].moment == moment {
      let action = history.actions[nextAction]
      do {
        try action.redo(scheduler)
      } catch {
        throw Divergence(
          moment: moment,
          tick: scheduler.now,
          expected: "`\(action.label)`",
          found: String(describing: error)
        )
      }
      nextAction += 1
    }
    return nextAction > first
  }

  /// Goes on to a later moment, and leaves its actions undone; those on the way are done.
  mutating func run(to target: Int) throws(Divergence) {
    while moment < target {
      try doActions()
      if nextJump < history.jumps.count, history.jumps[nextJump].moment == moment {
        try jump()
      } else if nextPicked < history.picked.count, history.picked[nextPicked].contains(moment) {
        try pick()
      } else {
        try runEvenly(to: min(target, endOfEvenStretch))
      }
    }
    guard scheduler.now == history.ticks[moment] else {
      throw divergence("tick \(history.ticks[moment])", "tick \(scheduler.now)")
    }
  }

  /// Where something else than a step of the policy's own choosing comes.
  private var endOfEvenStretch: Int {
    var end = history.count
    if nextAction < history.actions.count { end = min(end, history.actions[nextAction].moment) }
    if nextJump < history.jumps.count { end = min(end, history.jumps[nextJump].moment) }
    if nextPicked < history.picked.count {
      end = min(end, history.picked[nextPicked].lowerBound)
    }
    return end
  }

  private mutating func runEvenly(to end: Int) throws(Divergence) {
    while moment < end {
      result = scheduler.move()
      guard case .dispatched(let task) = result else {
        throw divergence("a step", "nobody runs")
      }
      moment += 1
      if let expected = cursor?.next(), expected != task {
        throw divergence("task \(expected)", "task \(task)")
      }
    }
  }

  private mutating func jump() throws(Divergence) {
    _ = cursor?.next()
    result = scheduler.move(limit: history.jumps[nextJump].limit)
    guard case .stalled = result else {
      throw divergence("nobody to run", "task \(scheduler.lastDispatched ?? .operator)")
    }
    nextJump += 1
    moment += 1
  }

  private mutating func pick() throws(Divergence) {
    guard let task = cursor?.next() else { throw divergence("a picked task", "none") }
    result = scheduler.move(picking: task)
    guard case .dispatched = result else {
      throw divergence("a step of task \(task)", "that it cannot run")
    }
    moment += 1
    if history.picked[nextPicked].upperBound == moment { nextPicked += 1 }
  }

  private func divergence(_ expected: String, _ found: String) -> Divergence {
    Divergence(moment: moment, tick: scheduler.now, expected: expected, found: found)
  }
}

/// The error of a run that did not come out once more as it did: something in it is not deterministic.
public struct Divergence: Error, Hashable, Sendable, CustomStringConvertible {
  /// The moment at which it was noticed.
  public let moment: Int
  /// The tick at which it was noticed.
  public let tick: Tick
  /// What was there the first time.
  public let expected: String
  /// What is there now.
  public let found: String

  /// What was expected and found, in a sentence without a full stop.
  public var description: String {
    "the run did not come out as it did before: at tick \(tick) there was \(expected), now \(found)"
  }
}
