/// A reply that can be told from others where what it carries can.
package protocol RecognisableReply {
  /// Hashes what is told by it; false where what it carries cannot be told.
  func hashState(into hasher: inout Hasher) -> Bool
}

/// Tells whether a machine is in a state in which it was before: by a number for all that decides what can happen next.
///
/// The tick, the accounting, the policy and names are no part of it, times to come count from the present tick. Two
/// different states have the same number with a chance of 1 in 2^64.
package struct Recogniser {
  /// Whether tasks with the same values can stand for one another: so none may tell its id from another's.
  package let isSymmetric: Bool
  /// Whether the tick is part of the state, since tasks ask for it.
  package var countsTicks = false
  /// Whether a task may be killed, so that it matters if it has run since something was passed on to it.
  ///
  /// What it has not used is passed on as it was.
  package var mindsKills = true

  // Kept for their memory.
  private var slots: ContiguousArray<Slot> = []
  private var hashes: ContiguousArray<Int> = []
  private var parts: ContiguousArray<Int> = []

  package init(isSymmetric: Bool) { self.isSymmetric = isSymmetric }

  /// The number of the state in which a scheduler is; nil where a task or an object cannot be told.
  package mutating func recognise(_ scheduler: Scheduler) -> Int? {
    var hasher = Hasher()
    collectSlots(scheduler)
    let isKnown =
      isSymmetric
      ? hashSorted(scheduler, into: &hasher) : hashInOrder(scheduler, into: &hasher)
    guard isKnown else { return nil }
    return hashObjects(scheduler, into: &hasher) && hashRest(scheduler, into: &hasher)
      ? hasher.finalize() : nil
  }

  /// The live tasks, oldest first.
  private mutating func collectSlots(_ scheduler: Scheduler) {
    slots.removeAll(keepingCapacity: true)
    for index in 1..<max(1, scheduler.state.tasks.count) {
      let slot = Slot(index)
      guard scheduler.state.tasks.isTaken(slot) else { continue }
      let tid = scheduler.state[slot].tid
      var place = slots.count
      slots.append(slot)
      while place > 0, scheduler.state[slots[place - 1]].tid > tid {
        slots[place] = slots[place - 1]
        place -= 1
      }
      slots[place] = slot
    }
  }

  // MARK: Tasks

  private func hashInOrder(_ scheduler: Scheduler, into hasher: inout Hasher) -> Bool {
    for slot in slots {
      hasher.combine(scheduler.state[slot].tid.rawValue)
      guard scheduler.state.hashTask(in: slot, mindsKills, into: &hasher) else { return false }
    }
    hasher.combine(-1)
    return true
  }

  private mutating func hashSorted(_ scheduler: Scheduler, into hasher: inout Hasher) -> Bool {
    parts.removeAll(keepingCapacity: true)
    hashes = ContiguousArray(repeating: 0, count: scheduler.state.tasks.count)
    for slot in slots {
      var own = Hasher()
      guard scheduler.state.hashTask(in: slot, mindsKills, into: &own) else { return false }
      let hash = own.finalize()
      hashes[Int(slot.index)] = hash
      parts.append(hash)
    }
    parts.sort()
    for part in parts { hasher.combine(part) }
    hasher.combine(-1)
    return true
  }

  /// What stands for a task where others refer to it.
  private func mark(_ slot: Slot, _ scheduler: Scheduler) -> Int {
    isSymmetric ? hashes[Int(slot.index)] : scheduler.state[slot].tid.rawValue
  }

  // MARK: Objects

  private mutating func hashObjects(_ scheduler: Scheduler, into hasher: inout Hasher) -> Bool {
    scheduler.state.hashObjects(isSymmetric ? hashes : nil, &parts, into: &hasher)
  }

  private func hashRest(_ scheduler: Scheduler, into hasher: inout Hasher) -> Bool {
    hasher.combine(scheduler.state.registry.lastTID.rawValue)
    hasher.combine(scheduler.state.objects.everMade)
    hasher.combine(scheduler.state.random.state)
    if !scheduler.state.tasks.alarms.isEmpty { return false }
    if countsTicks { hasher.combine(scheduler.state.now) }
    scheduler.state.hashEnded(isSymmetric, into: &hasher)
    if scheduler.state.waits.channels.isEmpty, scheduler.state.waits.timers.armedCount < 2 {
      return true
    }
    for channel in scheduler.state.waits.channels.keys.sorted() {
      hasher.combine(channel)
      guard let queue = scheduler.state.waits.channels[channel] else { continue }
      for slot in scheduler.state.waits.links.slots(of: queue.slots) {
        hasher.combine(mark(slot, scheduler))
      }
    }
    if scheduler.state.waits.timers.armedCount > 1 { hashTimers(scheduler, into: &hasher) }
    return true
  }

  /// Equal deadlines wake in the order in which their timers were armed.
  private func hashTimers(_ scheduler: Scheduler, into hasher: inout Hasher) {
    var timers: [(number: Int, slot: Slot, scope: Int)] = []
    for slot in slots {
      if let timer = scheduler.state[slot].wait?.timer { timers.append((timer, slot, 0)) }
      guard let details = scheduler.state[slot].knownDetails else { continue }
      for scope in details.scopes.scopes {
        if let timer = scope.timer { timers.append((timer, slot, scope.number)) }
      }
    }
    for timer in timers.sorted(by: { $0.number < $1.number }) {
      hasher.combine(mark(timer.slot, scheduler))
      hasher.combine(timer.scope)
    }
  }
}

// Methods of the state, so that nothing of it is copied to be looked at.
extension KernelState {
  /// Hashes the objects and their queues.
  ///
  /// - Parameters:
  ///   - marks: what stands for the task in each slot; nil for its id.
  ///   - parts: kept for its memory.
  ///   - hasher: what takes it in.
  /// - Returns: whether all of them can be told.
  fileprivate func hashObjects(
    _ marks: ContiguousArray<Int>?,
    _ parts: inout ContiguousArray<Int>,
    into hasher: inout Hasher
  ) -> Bool {
    var isKnown = true
    objects.forEach { record in
      hasher.combine(record.id.rawValue)
      if !record.box.hashState(into: &hasher) { isKnown = false }
      if record.queue.isEmpty { return }
      parts.removeAll(keepingCapacity: true)
      for stand in objects.stands.stands(in: record.queue) {
        let mark = marks?[Int(stand.slot.index)] ?? self[stand.slot].tid.rawValue
        parts.append(mark &* 256 &+ Int(stand.mode))
      }
      if parts.count > 1, !record.box.type.hasOrderedQueue { parts.sort() }
      for part in parts { hasher.combine(part) }
      hasher.combine(-1)
    }
    return isKnown
  }

  /// Hashes how tasks have ended; most have as one should.
  fileprivate func hashEnded(_ isSymmetric: Bool, into hasher: inout Hasher) {
    for record in registry.ended.records.indices {
      if case .exited(0) = registry.ended.records[record].status { continue }
      let task = registry.ended[record]
      if !isSymmetric { hasher.combine(task.tid.rawValue) }
      hasher.combine(task.status)
    }
  }

  /// Hashes a task as it is by itself: where it stands, what it is told next, what it holds and waits for.
  fileprivate func hashTask(
    in slot: Slot,
    _ mindsKills: Bool,
    into hasher: inout Hasher
  ) -> Bool {
    guard self[slot].coroutine.hashState(into: &hasher) else { return false }
    var traits = self[slot].phase == .waiting ? 1 : 0
    if self[slot].isStopped { traits |= 2 }
    if self[slot].isNew, !type(of: self[slot].coroutine).ignoresStart { traits |= 4 }
    hasher.combine(traits)
    objects.holds.forEachHold(of: slot) { hold in
      hasher.combine(hold.object.rawValue)
      hasher.combine(hold.mode)
      if mindsKills { hasher.combine(hold.dispatches == self[slot].dispatches) }
    }
    guard let details = self[slot].details else { return true }
    if self[slot].hasKeptAnswer, !hash(details.value.resumption, into: &hasher) { return false }
    if let wait = self[slot].wait {
      hasher.combine(ObjectIdentifier(type(of: wait.call)))
      hasher.combine(wait.reason)
      hasher.combine(wait.deadline.map { $0 - now })
    }
    if !details.value.scopes.scopes.isEmpty { hash(details.value.scopes, into: &hasher) }
    if let scheduling = details.value.scheduling { hasher.combine(scheduling.value.parameters) }
    hashRelations(details, into: &hasher)
    return true
  }

  private func hashRelations(_ box: Box<TaskDetails>, into hasher: inout Hasher) {
    // A task that has details and says nothing by them is like one that has none.
    let hasChildren = box.value.liveChildren > 0 || box.value.endedChildren.first != nil
    if !hasChildren, box.value.waiters.isEmpty { return }
    let details = box.value
    hasher.combine(details.liveChildren)
    var child = details.endedChildren.first
    while let record = child {
      let ended = registry.ended[record]
      if !ended.isCollected { hasher.combine(ended.tid.rawValue) }
      child = ended.nextSibling
    }
    if !details.waiters.isEmpty {
      for waiter in waits.links.slots(of: details.waiters) {
        hasher.combine(self[waiter].tid.rawValue)
      }
    }
  }

  private func hash(_ scopes: CancelScopes, into hasher: inout Hasher) {
    for scope in scopes.scopes {
      hasher.combine(scope.number)
      hasher.combine(scope.isShield)
      hasher.combine(scope.timer.flatMap { waits.timers.deadline(of: $0) }.map { $0 - now })
      hasher.combine(scope.cause)
    }
  }

  private func hash(_ answer: Resumption, into hasher: inout Hasher) -> Bool {
    switch answer {
    case .start, .done: return true
    case .failure(let error): hasher.combine(String(describing: error))
    case .reply(let value):
      switch value {
      case let value as Bool: hasher.combine(value)
      case let value as Int: hasher.combine(value)
      case let value as any RecognisableReply: return value.hashState(into: &hasher)
      case let value as any Hashable: value.hash(into: &hasher)
      default: return false
      }
    }
    return true
  }
}

extension Scheduler {
  /// The live tasks and the objects that no recogniser can tell.
  package var unrecognised: (tasks: [TaskID], objects: [String]) {
    let tasks = state.registry.liveTasks.filter { tid in
      var hasher = Hasher()
      return state.slot(of: tid).map { !state.hashTask(in: $0, true, into: &hasher) } ?? false
    }
    var objects: [String] = []
    state.objects.forEach { record in
      var hasher = Hasher()
      if !record.box.hashState(into: &hasher) { objects.append(record.name) }
    }
    return (tasks, objects)
  }
}
