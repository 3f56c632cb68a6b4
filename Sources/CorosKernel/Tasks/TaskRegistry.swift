/// The tasks that are known by id, living or ended, and their names.
struct TaskRegistry {
  var directory = TaskDirectory()
  var names = NameTable()
  var ended: EndedTasks
  /// The id of the task created last.
  var lastTID = TaskID.operator
  var liveCount = 0
  var endedCount = 0

  /// Knows no task.
  ///
  /// - Parameter keptStatuses: how many ended tasks are remembered.
  init(keptStatuses: Int) {
    ended = EndedTasks(limit: keptStatuses)
  }

  /// Becomes the same as another.
  mutating func become(_ other: TaskRegistry) {
    directory.become(other.directory)
    names.become(other.names)
    ended.become(other.ended)
    lastTID = other.lastTID
    liveCount = other.liveCount
    endedCount = other.endedCount
  }

  /// The slot of a live task, not the operator's.
  func slot(of tid: TaskID) -> Slot? {
    guard tid != .operator, case .live(let slot)? = directory[tid] else { return nil }
    return slot
  }

  /// Whether a task lives, has ended, or is unknown.
  func status(of tid: TaskID) -> TaskStatus {
    guard tid != .operator else { return .unknown }
    return switch directory[tid] {
    case .live: .alive
    case .ended(let record): .ended(ended[record].status)
    case nil: .unknown
    }
  }

  /// The live tasks, oldest first, in O(n).
  var liveTasks: [TaskID] {
    var result: [TaskID] = []
    result.reserveCapacity(liveCount)
    var last = TaskID.operator
    while let (tid, entry) = directory.first(after: last) {
      last = tid
      if case .live = entry { result.append(tid) }
    }
    return result
  }
}
