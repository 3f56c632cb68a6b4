public import CorosKernel

// Going back and forth.

extension TimeMachine {
  /// The last moment there is: the end of the recorded future.
  public var lastMoment: Int { history.count }

  /// What the clock showed at a moment, from 0 to the last.
  public func tick(atMoment moment: Int) -> Tick { history.ticks[moment] }

  /// Goes back by some moments, at most to the first.
  ///
  /// - Parameter count: how many.
  /// - Returns: how many it was.
  /// - Throws: `Divergence` when the past does not come out as it was; then all stays as it is.
  @discardableResult
  public func back(_ count: Int = 1) throws(Divergence) -> Int {
    let count = min(max(0, count), moment)
    try go(to: moment - count)
    return count
  }

  /// Goes forward by some moments, at most to the end of the recorded future; nobody hears of it.
  ///
  /// - Parameter count: how many.
  /// - Returns: how many it was.
  /// - Throws: `Divergence` when the future does not come out as it did.
  @discardableResult
  public func forward(_ count: Int = 1) throws(Divergence) -> Int {
    let count = min(max(0, count), ahead)
    try go(to: moment + count)
    return count
  }

  /// Goes to a moment, with all that the operator did at it.
  ///
  /// - Parameter target: from 0 to the last moment there is; beyond them, to the nearest.
  /// - Throws: `Divergence` when the run does not come out as it did.
  public func go(to target: Int) throws(Divergence) {
    let target = min(max(0, target), history.count)
    if target == moment { return }
    noteAdvance()
    try travel(to: target, fromPresent: target > moment)
    note(.go(to: target))
  }

  /// Goes to the last moment at which the clock showed a tick, or an earlier one.
  ///
  /// - Parameter tick: what the clock is to show, if it ever did.
  /// - Throws: `Divergence` when the run does not come out as it did.
  public func go(toTick tick: Tick) throws(Divergence) {
    try go(to: moment(atTick: tick))
  }

  /// The last moment at which the clock showed a tick, or an earlier one.
  public func moment(atTick tick: Tick) -> Int { history.ticks.lastMoment(atOrBefore: tick) }

  /// The moment from which a task was last given the CPU before the present; nil when it never was.
  ///
  /// O(n) in the moments, a few nanoseconds each.
  ///
  /// - Parameters:
  ///   - task: which task.
  ///   - end: the moment before which; the present unless said otherwise.
  /// - Returns: the moment at which it was about to run.
  public func moment(ofLastRunOf task: TaskID, before end: Int? = nil) -> Int? {
    history.choices.lastIndex(of: task, before: min(end ?? moment, moment))
  }

  // MARK: Bookmarks

  /// Gives the present moment a name, which may have been another's.
  public func bookmark(_ name: String) {
    noteAdvance()
    bookmarks[name] = Place(branch: current, moment: moment)
    journal.append(.bookmark(name))
  }

  /// The bookmarks by name, in the order of the names.
  public var bookmarkList: [(name: String, branch: Int, moment: Int, tick: Tick)] {
    bookmarks.sorted { $0.key < $1.key }.map { name, place in
      (name, place.branch + 1, place.moment, history(of: place.branch).ticks[place.moment])
    }
  }

  /// Goes to a bookmark, and to its branch if that is another.
  ///
  /// - Parameter name: its name.
  /// - Returns: whether there is such a bookmark.
  /// - Throws: `Divergence` when the run does not come out as it did.
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
