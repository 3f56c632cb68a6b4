// How tasks come and go, and what is remembered of them.

extension KernelState {
  /// Adds a task that is ready, and not yet in the policy's hands; without parameters it inherits them.
  mutating func addTask(
    name: String,
    parent: TaskID,
    coroutine: any Coroutine,
    parameters: SchedulingParameters?,
    at arrival: Tick,
    from now: Tick
  ) -> Slot {
    let tid = TaskID(rawValue: registry.lastTID.rawValue + 1)
    let slot = tasks.insert(
      TaskControlBlock(
        tid: tid,
        name: registry.names.use(name.cut(to: Limits.textBytes)),
        parent: parent,
        coroutine: coroutine,
        arrival: arrival
      )
    )
    registry.lastTID = tid
    registry.directory[tid] = .live(slot)
    registry.liveCount += 1
    if case .live(let parentSlot)? = registry.directory[parent] {
      self[parentSlot].liveChildren += 1
      if let parameters {
        self[slot].parameters = parameters
      } else if self[parentSlot].hasParameters {
        self[slot].parameters = self[parentSlot].parameters.inherited
      }
    }
    if arrival > now { self[slot].setCreation(now) }
    introduce(slot, at: now)
    return slot
  }

  /// Removes a task that stands in no queue, and remembers its status.
  ///
  /// - Returns: its waiters, in the order in which they began to wait; they still wait.
  mutating func removeTask(_ slot: Slot, status: ExitStatus, at end: Tick) -> [Slot] {
    let (tid, parent) = (self[slot].tid, self[slot].parent)
    let waiters = waits.links.slots(of: self[slot].waiters)
    if let evicted = registry.ended.evicted { forget(evicted) }
    let record = registry.ended.append(
      EndedTask(
        tid: tid,
        name: self[slot].name,
        parent: parent,
        status: status,
        parameters: self[slot].parameters,
        accounting: self[slot].accounting(end: end)
      )
    )
    if let record {
      registry.directory[tid] = .ended(record: record)
    } else {
      registry.directory[tid] = nil
      registry.names.release(self[slot].name)
    }
    registry.endedCount += 1
    registry.liveCount -= 1
    if case .live(let parent)? = registry.directory[parent] {
      self[parent].liveChildren -= 1
      if let record { appendEndedChild(record, to: parent) }
    }
    if policy.interests.contains(.tasks) { policy.forget(handle(slot)) }
    objects.forgetPriority(of: slot)
    tasks.remove(slot)
    return waiters
  }

  /// Forgets the oldest ended task.
  ///
  /// If it is in its parent's list, it is the first there: lists, too, are in the order of the ends.
  private mutating func forget(_ record: Int) {
    let task = registry.ended[record]
    registry.directory[task.tid] = nil
    registry.names.release(task.name)
    if case .live(let parent)? = registry.directory[task.parent],
      self[parent].endedChildren.first == record
    {
      popEndedChild(of: parent)
      popCollectedChildren(of: parent)
    }
  }

  // MARK: Children that have ended

  private mutating func appendEndedChild(_ record: Int, to parent: Slot) {
    var children = self[parent].endedChildren
    if let last = children.last {
      registry.ended[last].nextSibling = record
    } else {
      children.first = record
    }
    children.last = record
    self[parent].endedChildren = children
  }

  private func popEndedChild(of parent: Slot) {
    var children = self[parent].endedChildren
    guard let first = children.first else { return }
    children.first = registry.ended[first].nextSibling
    if children.first == nil { children.last = nil }
    self[parent].endedChildren = children
  }

  /// Keeps the list's first child one that the parent has not been told of.
  private func popCollectedChildren(of parent: Slot) {
    while let first = self[parent].endedChildren.first, registry.ended[first].isCollected {
      popEndedChild(of: parent)
    }
  }

  /// Marks an ended child as told to its parent, if it is one.
  mutating func collect(_ child: TaskID, by parent: Slot) {
    guard case .ended(let record)? = registry.directory[child],
      registry.ended[record].parent == self[parent].tid
    else { return }
    registry.ended[record].isCollected = true
    popCollectedChildren(of: parent)
  }

  /// Takes the child that ended first among those that the parent has not been told of.
  mutating func collectFirst(by parent: Slot) -> EndedChild? {
    guard let record = self[parent].endedChildren.first else { return nil }
    let task = registry.ended[record]
    collect(task.tid, by: parent)
    return EndedChild(tid: task.tid, status: task.status)
  }
}
