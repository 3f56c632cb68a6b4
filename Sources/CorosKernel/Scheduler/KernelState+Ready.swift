// Who is ready, and who has the CPU.

extension KernelState {
  /// Hands a task that is in no queue to the policy, unless it is stopped.
  @inline(__always)
  func makeReady(_ slot: Slot, at now: Tick) {
    endTurn(of: slot, .yielded, at: now)
    self[slot].becomeReady()
    guard slot != .operator else { return }
    if _slowPath(self[slot].isStopped) { return self[slot].beginStop(at: now) }
    enqueue(slot, at: now)
  }

  /// Takes a ready task out of the policy's hands, or the CPU from it; it is then in no queue.
  func withdraw(_ slot: Slot, _ end: TurnEnd, at now: Tick) {
    endTurn(of: slot, end, at: now)
    if self[slot].isQueued {
      self[slot].leaveQueue(at: now)
      policy.remove(handle(slot))
    } else if self[slot].isStopped {
      self[slot].endStop(at: now)
    }
  }

  /// The task that keeps the CPU from one step to the next, and for how many more ticks.
  var holder: (slot: Slot, ticksLeft: Tick)? {
    get { holderSlot == .none ? nil : (holderSlot, holderTicks) }
    set { (holderSlot, holderTicks) = newValue ?? (.none, 0) }
  }

  /// Takes the CPU from the task that has it, if that is the one.
  ///
  /// - Parameters:
  ///   - slot: the task.
  ///   - end: why.
  ///   - now: the tick from which on it no longer has it.
  @inline(__always)
  func endTurn(of slot: Slot, _ end: TurnEnd, at now: Tick) {
    guard holderSlot == slot else { return }
    holderSlot = .none
    if isOutOfTurn { return isOutOfTurn = false }
    if watched.contains(.turns) { policy.endTurn(of: handle(slot), after: now - turnStart, end) }
  }

  /// Gives the CPU to a queued task for a tick, whatever the policy; whoever keeps it goes back to the queue.
  ///
  /// To the policy it is as if the task were stopped for the tick: taken out, and enqueued anew.
  func runOutOfTurn(_ slot: Slot) {
    if holderSlot != .none { takeCPU() }
    self[slot].leaveQueue(at: now)
    policy.remove(handle(slot))
    holderSlot = slot
    holderTicks = 1
    turnStart = now
    isOutOfTurn = true
  }

  /// Uses up a tick of the slice of the task that has the CPU.
  ///
  /// - Returns: whether it keeps the CPU; if not, it is in no queue.
  @inline(__always)
  func continueSlice(of slot: Slot, at now: Tick) -> Bool {
    guard holderSlot == slot else { return false }
    if self[slot].isStopped {
      endTurn(of: slot, .stopped, at: now)
      return false
    }
    guard holderTicks > 1 else {
      takenAt = now
      endTurn(of: slot, .expired, at: now)
      return false
    }
    holderTicks -= 1
    self[slot].becomeReady()
    return true
  }

  /// Whether anything may become of the passing of time alone.
  @inline(__always)
  var mayChangeByTime: Bool { timers.armedCount > 0 || watched.contains(.ticks) }

  /// Tells the policy that a tick begins, if it wants to know.
  func beginTick() {
    if watched.contains(.ticks) { policy.beginTick(now) }
  }

  /// Takes the CPU from the task that keeps it, if the policy puts another first.
  func preempt() {
    guard watched.contains(.ticks), holderSlot != .none, !isOutOfTurn else { return }
    if policy.preempts(handle(holderSlot), after: now - turnStart) { takeCPU() }
  }

  /// Takes the CPU from the task that keeps it, which is ready again.
  private func takeCPU() {
    let loser = holderSlot
    // One that was to run out of turn has not had it yet.
    if !isOutOfTurn { takenAt = now }
    endTurn(of: loser, .preempted, at: now)
    enqueue(loser, at: now)
  }

  /// Notes that a task has the CPU for a tick from now on.
  @inline(__always)
  func beginDispatch(_ slot: Slot) -> TaskID {
    self[slot].beginDispatch(at: now)
    let tid = self[slot].tid
    if lastDispatched != tid {
      if lastDispatched != .operator { switches &+= 1 }
      if takenAt == now { preemptions &+= 1 }
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
    precondition(
      policy.isRoundRobin || isHeld(choice.task),
      "the policy chose a task that is not in its hands"
    )
    holderSlot = choice.task.slot
    holderTicks = choice.slice
    turnStart = now
    self[holderSlot].leaveQueue(at: now)
    return holderSlot
  }

  @inline(__always)
  private func enqueue(_ slot: Slot, at now: Tick) {
    self[slot].enterQueue(at: now)
    policy.enqueue(handle(slot), at: now)
  }
}
