public import CorosKernel

// Branches: the runs that a time machine has recorded.

/// One of the runs that a time machine has recorded.
public struct Branch: Hashable, Sendable {
  /// Its number, from 1.
  public let number: Int
  /// The branch that it began on; nil for the first.
  public let parent: Int?
  /// The moment at which it began; up to there it is the same as its parent.
  public let fork: Int
  /// The tick of that moment.
  public let forkTick: Tick
  /// Its last moment.
  public let lastMoment: Int
  /// The tick of its last moment.
  public let lastTick: Tick
  /// Whether it is the present one.
  public let isCurrent: Bool
  /// The label of the first act that is not in its parent; nil when there is none.
  public let firstAct: String?
}

/// What is kept of a branch.
struct BranchRecord {
  var history = History()
  var saves = SavePoints()
  var parent: Int?
  var fork = 0
}

/// A moment of a branch.
struct Place {
  let branch: Int
  let moment: Int
}

extension TimeMachine {
  /// All branches, in the order in which they began.
  public var branchList: [Branch] {
    branches.indices.map { index in
      let (history, record) = (history(of: index), branches[index])
      let shared = record.parent.map { parent in
        self.history(of: parent).actions.prefix { $0.moment <= record.fork }.count
      }
      return Branch(
        number: index + 1,
        parent: record.parent.map { $0 + 1 },
        fork: record.fork,
        forkTick: history.ticks[min(record.fork, history.count)],
        lastMoment: history.count,
        lastTick: history.ticks[history.count],
        isCurrent: index == current,
        firstAct: history.actions.dropFirst(shared ?? 0).first { $0.kind.isAct }?.label
      )
    }
  }

  /// How many branches there are.
  public var branchCount: Int { branches.count }

  /// The number of the present branch.
  public var branch: Int { current + 1 }

  /// Goes to the end of another branch.
  ///
  /// - Parameters:
  ///   - number: its number, from 1.
  ///   - condition: asked now and then; true gives up, as for a moment.
  /// - Returns: whether there is such a branch, and the machine stands at its end.
  /// - Throws: `Divergence` when the replay does not go as the recorded run did; then all stays as it is.
  @discardableResult
  public func `switch`(
    to number: Int,
    unless condition: () -> Bool = { false }
  ) throws(Divergence) -> Bool {
    guard branches.indices.contains(number - 1) else { return false }
    if number == branch { return try go(to: history.count, unless: condition) }
    let end = history(of: number - 1).count
    return try go(to: Place(branch: number - 1, moment: end), unless: condition)
  }

  /// Goes to a place on a branch that is not the present one; after giving up all stays as it is.
  func go(to place: Place, unless condition: () -> Bool) throws(Divergence) -> Bool {
    noteAdvance()
    shelve()
    let before = current
    func take(_ index: Int) {
      current = index
      history = branches[index].history
      saves = branches[index].saves
      scheduler.wakeSource?.enter(branch: index + 1, isNew: false, on: scheduler)
    }
    take(place.branch)
    var hasArrived = false
    defer { if !hasArrived { take(before) } }
    hasArrived = try travel(to: place.moment, fromPresent: false, unless: condition)
    guard hasArrived else { return false }
    note(.branch(branch))
    if place.moment < history.count { note(.go(to: place.moment)) }
    return true
  }

  func history(of index: Int) -> History {
    index == current ? history : branches[index].history
  }

  /// The moment up to which two branches are the same; the operator's acts at it may differ.
  func commonMoment(_ left: Int, _ right: Int) -> Int {
    var reach: [Int: Int] = [:]
    var (index, bound): (Int?, Int) = (left, .max)
    while let branch = index {
      reach[branch] = bound
      bound = min(bound, branches[branch].fork)
      index = branches[branch].parent
    }
    (index, bound) = (right, .max)
    while let branch = index {
      if let other = reach[branch] { return min(bound, other) }
      bound = min(bound, branches[branch].fork)
      index = branches[branch].parent
    }
    return 0
  }
}

extension History.Action.Kind {
  /// Whether the operator asked for it; waiting follows from something else.
  var isAct: Bool {
    if case .waiting = self { false } else { true }
  }
}
