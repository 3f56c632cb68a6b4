import CorosKernel

/// What is kept of a machine at one moment, before the operator's acts at it.
struct SavePoint {
  let moment: Int
  /// The size of the scheduler, in tasks.
  let size: Int
  /// The size of the recorders' memories, in values.
  let memorySize: Int
  /// The scheduler; nil when it could not be copied.
  var checkpoint: Checkpoint?
  /// The memories of the recorders.
  let memories: [ObjectIdentifier: Any]
}

/// Moments to which a machine can return quickly: many near the present, ever fewer in the past.
///
/// Of n moments O(log n) are kept: a point is dropped when its neighbours are nearer to each other than they
/// are to the present.
struct SavePoints {
  /// Oldest first.
  private(set) var points: [SavePoint] = []

  /// The last point at or before a moment.
  func last(atOrBefore moment: Int) -> SavePoint? {
    points.last { $0.moment <= moment }
  }

  /// The last point with a checkpoint at or before a moment.
  func lastCopy(atOrBefore moment: Int) -> SavePoint? {
    points.last { $0.moment <= moment && $0.checkpoint != nil }
  }

  /// Adds a point, unless there is one of that moment.
  mutating func insert(_ point: SavePoint) {
    let index = points.firstIndex { $0.moment >= point.moment } ?? points.endIndex
    if index < points.endIndex, points[index].moment == point.moment { return }
    points.insert(point, at: index)
    thin(around: point.moment)
    dropOldCheckpoints()
  }

  /// Drops the points after a moment.
  mutating func removeAll(after moment: Int) {
    points.removeAll { $0.moment > moment }
  }

  /// Keeps as many checkpoints as there is room for, the newest at least.
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

  /// How many tasks all checkpoints but the last may hold together: some hundred bytes each.
  private static let mostTasks = 1_000_000
  /// How many values all memories may hold together.
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
