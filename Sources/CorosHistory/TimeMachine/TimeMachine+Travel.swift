public import CorosKernel

// Going back and forward.

extension TimeMachine {
  /// The last moment there is: the end of the recorded future.
  public var lastMoment: Int { history.count }

  /// The tick of a moment, from 0 to the last.
  public func tick(atMoment moment: Int) -> Tick { history.ticks[moment] }

  /// Goes back by some moments, at most to the first.
  ///
  /// - Parameter count: how many.
  /// - Returns: how many it was.
  /// - Throws: `Divergence` when the replay does not go as the recorded run did; then all stays as it is.
  @discardableResult
  public func back(_ count: Int = 1) throws(Divergence) -> Int {
    let count = min(max(0, count), moment)
    try go(to: moment - count)
    return count
  }

  /// Goes forward by some moments, at most to the end of the recorded future; observers are told nothing.
  ///
  /// - Parameter count: how many.
  /// - Returns: how many it was.
  /// - Throws: `Divergence` when the replay does not go as the recorded run did.
  @discardableResult
  public func forward(_ count: Int = 1) throws(Divergence) -> Int {
    let count = min(max(0, count), ahead)
    try go(to: moment + count)
    return count
  }

  /// Goes to a moment, including all that the operator did at it.
  ///
  /// - Parameter target: from 0 to the last moment; what lies beyond them means the nearest.
  /// - Throws: `Divergence` when the replay does not go as the recorded run did.
  public func go(to target: Int) throws(Divergence) {
    let target = min(max(0, target), history.count)
    if target == moment { return }
    noteAdvance()
    try travel(to: target, fromPresent: target > moment)
    note(.go(to: target))
  }

  /// Goes to the last moment at this tick or an earlier one.
  ///
  /// - Parameter tick: the tick.
  /// - Throws: `Divergence` when the replay does not go as the recorded run did.
  public func go(toTick tick: Tick) throws(Divergence) {
    try go(to: moment(atTick: tick))
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
  /// - Parameter name: its name.
  /// - Returns: whether there is such a bookmark.
  /// - Throws: `Divergence` when the replay does not go as the recorded run did.
  @discardableResult
  public func go(toBookmark name: String) throws(Divergence) -> Bool {
    guard let place = bookmarks[name] else { return false }
    if place.branch == current || place.moment < commonMoment(place.branch, current) {
      try go(to: place.moment)
    } else {
      try go(to: place)
    }
    return true
  }
}
