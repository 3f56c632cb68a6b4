import CorosKernel

/// Executes a recorded history again, on a scheduler.
///
/// It compares what happens with what is recorded, and throws `Divergence` at the first difference. Going
/// back and forward, replaying for an observer and following the recorded future are all this.
struct Replay {
  let scheduler: Scheduler
  let history: History
  /// How many moves have been made.
  private(set) var moment: Int
  private var nextAction: Int
  private var nextJump: Int
  private var nextPicked: Int
  /// The result of the last move.
  private(set) var result = StepResult.stalled(.limitReached)
  /// Reads the recorded choices; nil where the policy makes them again and nothing is compared.
  private var cursor: ChoiceLog.Cursor?

  /// Begins at a moment whose actions have not been redone.
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

  /// Skips the actions of the present moment: the scheduler already has them.
  mutating func skipActions() {
    nextAction = history.firstAction(at: moment + 1)
  }

  /// Redoes the remaining actions of the present moment.
  ///
  /// - Returns: whether there were any.
  /// - Throws: `Divergence` when an action does not go as it did.
  @discardableResult
  mutating func redoActions() throws(Divergence) -> Bool {
    let first = nextAction
    while nextAction < history.actions.count, history.actions[nextAction].moment == moment {
      try redo(history.actions[nextAction])
      try checkAgreement()
      nextAction += 1
    }
    return nextAction > first
  }

  private func redo(_ action: History.Action) throws(Divergence) {
    let failure: String?
    do {
      failure = try action.redo(scheduler)
    } catch {
      failure = String(describing: error)
    }
    guard failure == action.failure else {
      func words(_ failure: String?) -> String {
        "`\(action.label)`" + (failure.map { " failing: \($0)" } ?? "")
      }
      throw divergence(words(action.failure), words(failure))
    }
  }

  /// Goes on to a later moment, whose actions are left to be redone; those on the way are redone.
  mutating func run(to target: Int) throws(Divergence) {
    while moment < target {
      try redoActions()
      if nextJump < history.jumps.count, history.jumps[nextJump].moment == moment {
        try jump()
      } else if nextPicked < history.picked.count, history.picked[nextPicked].contains(moment) {
        try pick()
      } else {
        try runSteps(to: min(target, endOfPlainSteps))
      }
    }
    guard scheduler.now == history.ticks[moment] else {
      throw divergence("tick \(history.ticks[moment])", "tick \(scheduler.now)")
    }
  }

  /// Goes on to a later moment.
  ///
  /// - Parameters:
  ///   - target: the moment.
  ///   - condition: asked every few steps, with the moment that is reached; true gives up.
  /// - Returns: whether the moment was reached.
  /// - Throws: `Divergence`.
  mutating func run(to target: Int, unless condition: (Int) -> Bool) throws(Divergence) -> Bool {
    let stride = 256
    while moment < target {
      if condition(moment) { return false }
      try run(to: min(target, moment + stride))
    }
    return true
  }

  /// Makes one move, and says which breakpoints it hits.
  mutating func step(under watch: BreakpointWatch?) throws(Divergence) -> [BreakpointHit] {
    try run(to: moment + 1)
    return watch?.hits(after: result.task) ?? []
  }

  /// Redoes the remaining actions of the present moment, which hit no breakpoint.
  mutating func redoActions(under watch: BreakpointWatch?) throws(Divergence) {
    if try redoActions() { watch?.noteAct() }
  }

  // MARK: The three kinds of moves

  /// The next moment that begins with anything else than a step chosen by the policy.
  private var endOfPlainSteps: Int {
    var end = history.count
    if nextAction < history.actions.count { end = min(end, history.actions[nextAction].moment) }
    if nextJump < history.jumps.count { end = min(end, history.jumps[nextJump].moment) }
    if nextPicked < history.picked.count {
      end = min(end, history.picked[nextPicked].lowerBound)
    }
    return end
  }

  private mutating func runSteps(to end: Int) throws(Divergence) {
    while moment < end {
      result = scheduler.move()
      guard case .dispatched(let task) = result else { throw divergence("a step", "no task runs") }
      moment += 1
      if let expected = cursor?.next(), expected != task {
        throw divergence("task \(expected)", "task \(task)")
      }
      try checkAgreement()
    }
  }

  private mutating func jump() throws(Divergence) {
    _ = cursor?.next()
    result = scheduler.move(limit: history.jumps[nextJump].limit)
    guard case .stalled = result else {
      throw divergence("no task to run", "task \(scheduler.lastDispatched ?? .operator)")
    }
    nextJump += 1
    moment += 1
  }

  private mutating func pick() throws(Divergence) {
    guard let task = cursor?.next() else { throw divergence("a picked task", "none") }
    result = scheduler.move(picking: task)
    guard case .dispatched = result else {
      throw divergence("a step of task \(task)", "it cannot run")
    }
    moment += 1
    if history.picked[nextPicked].upperBound == moment { nextPicked += 1 }
  }

  /// Throws when a task has asked the world for something else than it did.
  private func checkAgreement() throws(Divergence) {
    if let (expected, found) = scheduler.disagreement { throw divergence(expected, found) }
  }

  private func divergence(_ expected: String, _ found: String) -> Divergence {
    Divergence(moment: moment, tick: scheduler.now, expected: expected, found: found)
  }
}
