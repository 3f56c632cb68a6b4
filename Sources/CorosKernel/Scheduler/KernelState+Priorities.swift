// Who goes first of those that wait for objects, and whose priority is lent to whom.

extension KernelState {
  /// Has the objects serve who waits as the policy wants it.
  mutating func serveWaiters() {
    let order = policy.waiterOrder
    var priorities: [(slot: Slot, priority: Int)] = []
    if order != .arrival {
      for tid in registry.liveTasks {
        if let slot = slot(of: tid) { priorities.append((slot, self[slot].parameters.priority)) }
      }
    }
    objects.serve(by: order, priorities)
    _ = objects.takeChangedPriorities()
  }

  @inline(__always)
  mutating func hold(_ hold: HoldTable.Hold, at now: Tick) {
    objects.hold(hold)
    tellPriorities(at: now)
  }

  @inline(__always)
  mutating func endHold(_ id: ObjectID, by slot: Slot, at now: Tick) -> HoldTable.Hold? {
    let hold = objects.release(id, by: slot)
    tellPriorities(at: now)
    return hold
  }

  /// Tells the policy of the tasks whose priorities have changed because of who waits for what.
  @inline(__always)
  mutating func tellPriorities(at now: Tick) {
    if _slowPath(objects.priorities.haveChanged) {
      for slot in objects.takeChangedPriorities() where slot != .operator {
        admit(slot, at: now)
      }
    }
  }

  /// What a task says about itself, with the priority that counts.
  func effectiveParameters(of slot: Slot) -> SchedulingParameters {
    var parameters = self[slot].parameters
    if objects.priorities.areLent { parameters.priority = objects.priorities.effective(of: slot) }
    return parameters
  }

  /// The priority that is lent to a task, and by whom; nil when none is that is higher than its own.
  func loan(to slot: Slot) -> PriorityLoan? {
    let priority = objects.priorities.effective(of: slot)
    guard objects.priorities.areLent, priority > self[slot].parameters.priority else { return nil }
    for hold in objects.holds.holds(of: slot) where objects[hold.object].isLock {
      if let first = objects.first(in: hold.object, for: nil), first.priority == priority {
        return PriorityLoan(priority: priority, lender: self[first.slot].tid)
      }
    }
    return nil
  }
}
