import CorosKernel

/// What is kept of a machine at one moment, before what the operator did at it.
struct SavePoint {
  let moment: Int
  /// What a copy of the scheduler takes, in tasks.
  let size: Int
  /// What a copy of what the recorders knew takes, in values.
  let memorySize: Int
  /// The scheduler, if it could be copied.
  var checkpoint: Checkpoint?
  /// What the recorders knew.
  let memories: [ObjectIdentifier: Any]
}

/// Moments to which a machine can return quickly: many near the present, ever fewer in the past.
///
/// Of n moments O(log n) are kept: a point goes when its neighbours are nearer to each other than they are
/// to the present.
struct SavePoints {
  /// Oldest first.
  private(set) var points: [SavePoint] = []

  /// The last one at or before a moment.
  func last(atOrBefore moment: Int) -> SavePoint? {
    points.last { $0.moment <= moment }
  }

  /// The last one at or before a moment that has a copy of the scheduler.
  func lastCopy(atOrBefore moment: Int) -> SavePoint? {
    points.last { $0.moment <= moment && $0.checkpoint != nil }
  }

  /// Keeps one more, unless there is one of that moment.
  mutating func insert(_ point: SavePoint) {
    let index = points.firstIndex { $0.moment >= point.moment } ?? points.endIndex
    if index < points.endIndex, points[index].moment == point.moment { return }
    points.insert(point, at: index)
    thin(around: point.moment)
    dropOldCheckpoints()
  }

  /// Forgets those after a moment.
  mutating func removeAll(after moment: Int) {
    points.removeAll { $0.moment > moment }
  }

  /// Keeps as many copies as there is room for, the newest at least.
  private mutating func dropOldCheckpoints() {
    var room = Self.mostTasks
    for index in points.indices.reversed() where points[index].checkpoint != nil {
      if room < 0 { points[index].checkpoint = nil }
      room -= points[index].size
    }
    var memoryRoom = Self.mostValues
    for index in points.indices.reversed() {
      memoryRoom -= points[index].memorySize
      if memoryRoom < 0, index < points.count - 1 { return points.removeFirst(index + 1) }
    }
  }

  /// How many tasks all copies together may hold, save the last: some hundred bytes each.
  private static let mostTasks = 1_000_000
  /// How many values of recorders all copies together may hold.
  private static let mostValues = 4_000_000

  private mutating func thin(around present: Int) {
    var index = points.count - 2
    while index > 0 {
      let gap = points[index + 1].moment - points[index - 1].moment
      if gap <= abs(present - points[index].moment) / 2 { points.remove(at: index) }
      index -= 1
    }
  }
}
