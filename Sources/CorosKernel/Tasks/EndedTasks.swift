/// What is remembered of a task that has ended.
struct EndedTask {
  let tid: TaskID
  let name: NameTable.Number
  let parent: TaskID
  let status: ExitStatus
  let parameters: SchedulingParameters
  let accounting: Accounting
  /// Whether its parent has been told of its end.
  var isCollected = false
  /// The record of the next sibling in the parent's list.
  var nextSibling: Int?
}

/// The last tasks that ended, up to a limit; beyond it the oldest is forgotten.
struct EndedTasks {
  private(set) var records: ContiguousArray<EndedTask> = []
  private var oldest = 0
  private var limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  /// Raises the limit, if it is lower; to be called before the first task ends.
  mutating func keep(atLeast count: Int) {
    precondition(records.isEmpty, "some tasks have ended: the order of their records is fixed")
    limit = max(limit, count)
  }

  subscript(record: Int) -> EndedTask {
    _read { yield records[record] }
    _modify { yield &records[record] }
  }

  /// The record that the next `append` replaces; nil when there is room.
  var evicted: Int? { records.count < limit || limit == 0 ? nil : oldest }

  /// Becomes the same as another.
  mutating func become(_ other: EndedTasks) {
    if other.records.isEmpty {
      // The memory is kept for those that will end from here on.
      if !records.isEmpty { records.removeAll(keepingCapacity: true) }
    } else {
      renew(&records, from: other.records)
    }
    oldest = other.oldest
    limit = other.limit
  }

  /// Remembers a task, and returns the number of its record; nil when the limit is 0.
  mutating func append(_ task: consuming EndedTask) -> Int? {
    guard limit > 0 else { return nil }
    if records.count < limit {
      records.append(task)
      return records.count - 1
    }
    let record = oldest
    records[record] = task
    oldest = (oldest + 1) % limit
    return record
  }
}

/// A parent's list of the children that have ended, in the order of their ends.
///
/// The first is always one that the parent has not been told of; later ones may have been.
struct EndedChildren {
  var first: Int?
  var last: Int?
}
