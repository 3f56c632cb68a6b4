// Who is ready, and who has the CPU.

extension KernelState {
  /// Hands a task that is in no queue to the policy, unless it is stopped.
  @inline(__always)
  func makeReady(_ slot: Slot, at now: Tick) {
    dropHold(of: slot)
    self[slot].becomeReady()
    guard slot != .operator, !self[slot].isStopped else { return }
    self[slot].enterQueue(at: now)
    policy.enqueue(handle(slot))
  }

  /// Takes a ready task out of the policy's hands, or the CPU from it; it is then in no queue.
  func withdraw(_ slot: Slot, at now: Tick) {
    dropHold(of: slot)
    if self[slot].isQueued {
      self[slot].leaveQueue(at: now)
      policy.remove(handle(slot))
    }
  }

  /// The task that keeps the CPU from one step to the next, and for how many more ticks.
  var holder: (slot: Slot, ticksLeft: Tick)? {
    get { holderSlot == .none ? nil : (holderSlot, holderTicks) }
    set { (holderSlot, holderTicks) = newValue ?? (.none, 0) }
  }

  /// Hands the ready tasks over to another policy, the one that keeps the CPU first.
  func use(_ newPolicy: any SchedulingPolicy) {
    var newPolicy = newPolicy
    if let holder {
      dropHold(of: holder.slot)
      self[holder.slot].enterQueue(at: now)
      newPolicy.enqueue(handle(holder.slot))
    }
    for task in policy.order {
      precondition(isHeld(task), "the policy lists a task that is not in its hands")
      newPolicy.enqueue(task)
    }
    policy = newPolicy
  }

  /// Takes the CPU from a task that keeps it between steps, if it does.
  @inline(__always)
  func dropHold(of slot: Slot) {
    if holderSlot == slot { holderSlot = .none }
  }

  /// Uses up a tick of the slice of the task that has the CPU.
  ///
  /// - Returns: whether it keeps the CPU; if not, it is in no queue.
  @inline(__always)
  func continueSlice(of slot: Slot) -> Bool {
    guard holderSlot == slot, holderTicks > 1, !self[slot].isStopped else {
      dropHold(of: slot)
      return false
    }
    holderTicks -= 1
    self[slot].becomeReady()
    return true
  }

  /// Notes that a task has the CPU for a tick from now on.
  @inline(__always)
  func beginDispatch(_ slot: Slot) -> TaskID {
    self[slot].beginDispatch(at: now)
    let tid = self[slot].tid
    if lastDispatched != tid {
      if lastDispatched != .operator { switches += 1 }
      lastDispatched = tid
    }
    return tid
  }

  /// Whether a handle that a policy names is that of a task in the policy's hands.
  ///
  /// A policy may be anybody's, and its handles come from where it likes, another scheduler even.
  @inline(__always)
  func isHeld(_ task: TaskHandle) -> Bool {
    tasks.isTaken(task.slot) && self[task.slot].isQueued
  }

  /// The task to run next: the one that keeps the CPU, or the policy's choice.
  @inline(__always)
  func takeNext() -> Slot? {
    if holderSlot != .none { return holderSlot }
    guard let choice = policy.next() else { return nil }
    precondition(isHeld(choice.task), "the policy chose a task that is not in its hands")
    holderSlot = choice.task.slot
    holderTicks = choice.slice
    self[holderSlot].leaveQueue(at: now)
    return holderSlot
  }
}
