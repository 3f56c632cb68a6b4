// Tasks come and go, and what is kept of them.

extension KernelState {
  /// Adds a task that is ready, and not yet in the policy's hands; without parameters it inherits them.
  func addTask(
    name: String,
    parent: TaskID,
    coroutine: any Coroutine,
    parameters: SchedulingParameters?,
    at arrival: Tick,
    from now: Tick
  ) -> Slot {
    lastTID = TaskID(rawValue: lastTID.rawValue + 1)
    let slot = tasks.insert(
      TaskControlBlock(
        tid: lastTID,
        name: names.use(name.cut(to: Limits.textBytes)),
        parent: parent,
        coroutine: coroutine,
        arrival: arrival
      )
    )
    directory[lastTID] = .live(slot)
    liveCount += 1
    if case .live(let parentSlot)? = directory[parent] {
      self[parentSlot].liveChildren += 1
      if let parameters {
        self[slot].parameters = parameters
      } else if self[parentSlot].hasParameters {
        self[slot].parameters = self[parentSlot].parameters.inherited
      }
    }
    if arrival > now { self[slot].setCreation(now) }
    admit(slot, at: now)
    return slot
  }

  /// Takes out a task that stands in no queue, and keeps its status.
  ///
  /// - Returns: those who waited for it, in the order in which they began; they still wait.
  func removeTask(_ slot: Slot, status: ExitStatus, at end: Tick) -> [Slot] {
    let (tid, parent) = (self[slot].tid, self[slot].parent)
    let waiters = waitLinks.slots(of: self[slot].waiters)
    if let evicted = ended.evicted { forget(evicted) }
    let record = ended.append(
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
      directory[tid] = .ended(record: record)
    } else {
      directory[tid] = nil
      names.release(self[slot].name)
    }
    endedCount += 1
    liveCount -= 1
    if case .live(let parent)? = directory[parent] {
      self[parent].liveChildren -= 1
      if let record { appendEndedChild(record, to: parent) }
    }
    if watched.contains(.tasks) { policy.forget(handle(slot)) }
    tasks.remove(slot)
    return waiters
  }

  /// Forgets the oldest ended task.
  ///
  /// If its parent's list has it, it is the first there: lists, too, are in the order of the ends.
  private func forget(_ record: Int) {
    directory[ended[record].tid] = nil
    names.release(ended[record].name)
    if case .live(let parent)? = directory[ended[record].parent],
      self[parent].endedChildren.first == record
    {
      popEndedChild(of: parent)
      popCollectedChildren(of: parent)
    }
  }

  // MARK: Children that have ended

  private func appendEndedChild(_ record: Int, to parent: Slot) {
    var children = self[parent].endedChildren
    if let last = children.last {
      ended[last].nextSibling = record
    } else {
      children.first = record
    }
    children.last = record
    self[parent].endedChildren = children
  }

  private func popEndedChild(of parent: Slot) {
    var children = self[parent].endedChildren
    guard let first = children.first else { return }
    children.first = ended[first].nextSibling
    if children.first == nil { children.last = nil }
    self[parent].endedChildren = children
  }

  /// Keeps the first of a parent's list one that the parent has not been told of.
  private func popCollectedChildren(of parent: Slot) {
    while let first = self[parent].endedChildren.first, ended[first].isCollected {
      popEndedChild(of: parent)
    }
  }

  /// Marks an ended child as told to its parent, if it is one.
  func collect(_ child: TaskID, by parent: Slot) {
    guard case .ended(let record)? = directory[child], ended[record].parent == self[parent].tid
    else { return }
    ended[record].isCollected = true
    popCollectedChildren(of: parent)
  }

  /// Takes the child that ended first among those the parent has not been told of.
  func collectFirst(by parent: Slot) -> EndedChild? {
    guard let record = self[parent].endedChildren.first else { return nil }
    let child = EndedChild(tid: ended[record].tid, status: ended[record].status)
    collect(child.tid, by: parent)
    return child
  }
}
