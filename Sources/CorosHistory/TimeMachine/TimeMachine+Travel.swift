public import CorosKernel

// Going back and forward.

extension TimeMachine {
  /// The last moment there is: the end of the recorded future.
  public var lastMoment: Int { history.count }

  /// The tick of a moment, from 0 to the last.
  public func tick(atMoment moment: Int) -> Tick { history.ticks[moment] }

  /// Goes back by some moments, at most to the first.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - condition: asked now and then; true gives up, and all stays as it is.
  /// - Returns: how many it was.
  /// - Throws: `Divergence` when the replay does not go as the recorded run did; then all stays as it is.
  @discardableResult
  public func back(
    _ count: Int = 1,
    unless condition: () -> Bool = { false }
  ) throws(Divergence) -> Int {
    let count = min(max(0, count), moment)
    return try go(to: moment - count, unless: condition) ? count : 0
  }

  /// Goes forward by some moments, at most to the end of the recorded future; observers are told nothing.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - condition: asked now and then; true gives up, and the machine stands where it has come to.
  /// - Returns: how many it was.
  /// - Throws: `Divergence` when the replay does not go as the recorded run did.
  @discardableResult
  public func forward(
    _ count: Int = 1,
    unless condition: () -> Bool = { false }
  ) throws(Divergence) -> Int {
    let (start, count) = (moment, min(max(0, count), ahead))
    try go(to: start + count, unless: condition)
    return moment - start
  }

  /// Goes to a moment, including all that the operator did at it.
  ///
  /// - Parameters:
  ///   - target: from 0 to the last moment; what lies beyond them means the nearest.
  ///   - condition: asked now and then; true gives up. On the way back all then stays as it is, and on the way
  ///     forward the machine stands where it has come to.
  /// - Returns: whether it has arrived.
  /// - Throws: `Divergence` when the replay does not go as the recorded run did.
  @discardableResult
  public func go(
    to target: Int,
    unless condition: () -> Bool = { false }
  ) throws(Divergence) -> Bool {
    let target = min(max(0, target), history.count)
    if target == moment { return true }
    noteAdvance()
    let start = moment
    let hasArrived = try travel(to: target, fromPresent: target > moment, unless: condition)
    if moment != start { note(.go(to: moment)) }
    return hasArrived
  }

  /// Goes to the last moment at this tick or an earlier one.
  ///
  /// - Parameters:
  ///   - tick: the tick.
  ///   - condition: as for a moment.
  /// - Returns: whether it has arrived.
  /// - Throws: `Divergence` when the replay does not go as the recorded run did.
  @discardableResult
  public func go(
    toTick tick: Tick,
    unless condition: () -> Bool = { false }
  ) throws(Divergence) -> Bool {
    try go(to: moment(atTick: tick), unless: condition)
  }

  /// The last moment at this tick or an earlier one.
  public func moment(atTick tick: Tick) -> Int { history.ticks.lastMoment(atOrBefore: tick) }

  /// The moment at which a task last got the CPU before the present; nil when it never did.
  ///
  /// O(n) in the moments, a few nanoseconds each.
  ///
  /// - Parameters:
  ///   - task: which task.
  ///   - end: the moment before which to look. Default: the present.
  /// - Returns: the moment at which it was about to run.
  public func moment(ofLastRunOf task: TaskID, before end: Int? = nil) -> Int? {
    history.choices.lastIndex(of: task, before: min(end ?? moment, moment))
  }

  // MARK: Bookmarks

  /// Gives the present moment a name, and takes it from the moment that had it.
  public func bookmark(_ name: String) {
    noteAdvance()
    bookmarks[name] = Place(branch: current, moment: moment)
    journal.append(.bookmark(name))
  }

  /// The bookmarks, sorted by name.
  public var bookmarkList: [(name: String, branch: Int, moment: Int, tick: Tick)] {
    bookmarks.sorted { $0.key < $1.key }.map { name, place in
      (name, place.branch + 1, place.moment, history(of: place.branch).ticks[place.moment])
    }
  }

  /// Goes to a bookmark, if need be on another branch.
  ///
  /// - Parameters:
  ///   - name: its name.
  ///   - condition: as for a moment.
  /// - Returns: whether there is such a bookmark, and the machine stands at it.
  /// - Throws: `Divergence` when the replay does not go as the recorded run did.
  @discardableResult
  public func go(
    toBookmark name: String,
    unless condition: () -> Bool = { false }
  ) throws(Divergence) -> Bool {
    guard let place = bookmarks[name] else { return false }
    if place.branch == current || place.moment < commonMoment(place.branch, current) {
      return try go(to: place.moment, unless: condition)
    }
    return try go(to: place, unless: condition)
  }
}
