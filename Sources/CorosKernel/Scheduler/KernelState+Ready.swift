// Which tasks are ready, and which has the CPU.

extension KernelState {
  /// Hands a task that is in no queue to the policy, unless it is stopped.
  @inline(__always)
  mutating func makeReady(_ slot: Slot, at now: Tick) {
    if _slowPath(self[slot].isStopped) {
      endTurn(of: slot, .stopped, at: now)
      return self[slot].becomeReady()
    }
    endTurn(of: slot, .yielded, at: now)
    self[slot].becomeReady()
    if slot != .operator { enqueue(slot, at: now) }
  }

  /// Takes a ready task out of the policy's hands, or takes the CPU from it; it is then in no queue.
  mutating func withdraw(_ slot: Slot, _ end: TurnEnd, at now: Tick) {
    endTurn(of: slot, end, at: now)
    if cpu.incoming == slot { endSwitch() }
    if self[slot].isQueued { removeFromQueue(slot, at: now) }
  }

  @inline(__always)
  private mutating func enqueue(_ slot: Slot, at now: Tick) {
    self[slot].enterQueue(at: now)
    handOver(slot, at: now)
  }

  /// Gives the policy a task that is marked as queued.
  @inline(__always)
  mutating func handOver(_ slot: Slot, at now: Tick) {
    if policy.isRoundRobin { return ready.append(slot, in: tasks) }
    policy.tellTime(now, cpu)
    policy.enqueue(handle(slot), at: now)
  }

  /// The queued tasks in the order in which they would run, first next, in O(n).
  var order: [TaskHandle] {
    policy.isRoundRobin
      ? ready.slots(in: tasks).map(TaskHandle.init) : policy.current(at: now, cpu).order
  }

  private mutating func removeFromQueue(_ slot: Slot, at now: Tick) {
    self[slot].leaveQueue(at: now)
    if policy.isRoundRobin { return ready.remove(slot, in: tasks) }
    policy.tellTime(now, cpu)
    policy.remove(handle(slot))
  }

  // MARK: The beginning of a tick

  /// Whether the passing of time alone may change anything.
  @inline(__always)
  var mayChangeByTime: Bool {
    waits.timers.armedCount > 0 || watchesTicks
  }

  /// Tells the policy that a tick begins, if it wants to know.
  mutating func tellPolicyOfTick() {
    if policy.interests.contains(.ticks) { policy.beginTick(now) }
  }

  /// Takes the CPU from the task that has it, if the policy puts another first.
  mutating func preempt() {
    guard policy.interests.contains(.ticks), !cpu.isFree, !cpu.isOutOfTurn else { return }
    let holder = cpu.holder
    policy.tellTime(now, cpu)
    if policy.preempts(handle(holder), after: cpu.turn(of: holder, at: now)) { takeCPU() }
  }

  /// Takes the CPU from the task that has it, which is ready again.
  private mutating func takeCPU() {
    let loser = cpu.holder
    // A task that was picked to run out of turn has not had it yet, nor has one that it is being switched to.
    if !cpu.isOutOfTurn, cpu.turn(of: loser, at: now) > 0 { cpu.notePreempted(at: now) }
    endTurn(of: loser, .preempted, at: now)
    enqueue(loser, at: now)
  }

  // MARK: The choice

  /// The task to run next: the one that has the CPU, or the policy's choice.
  @inline(__always)
  mutating func takeNext() -> Slot? {
    if !cpu.isFree { return cpu.holder }
    if let slot = ready.popFirst(in: tasks) {
      cpu.beginTurn(of: slot, slice: policy.quantum, at: now)
      return slot
    }
    return policy.isRoundRobin ? nil : takeChoice()
  }

  /// The choice of another policy than round robin.
  private mutating func takeChoice() -> Slot? {
    guard let choice = policy.next(at: now) else { return nil }
    precondition(isHeld(choice.task), "the policy chose a task that is not in its hands")
    cpu.beginTurn(of: choice.task.slot, slice: choice.slice, at: now)
    return choice.task.slot
  }

  /// Gives the CPU to a queued task for a slice, whatever the policy; the task that has it is queued again.
  ///
  /// To the policy it is as if the task were stopped meanwhile: removed, and enqueued again.
  mutating func runOutOfTurn(_ slot: Slot, slice: Tick = 1) {
    if !cpu.isFree { takeCPU() }
    removeFromQueue(slot, at: now)
    cpu.beginTurnOutOfTurn(of: slot, slice: slice, at: now)
  }

  /// Notes that a task runs for a tick from now on.
  @inline(__always)
  mutating func beginDispatch(_ task: UnsafeMutablePointer<TaskControlBlock>) -> TaskID {
    task.pointee.beginDispatch(at: now)
    let tid = task.pointee.tid
    cpu.noteDispatch(of: tid, at: now)
    return tid
  }

  // MARK: The end of a turn

  /// Carries out a short call of the task that has just run: what `Yield` and `Compute` decide.
  ///
  /// Nothing else can have happened to the task in its step: it is neither stopped nor doomed.
  @inline(__always)
  mutating func goOn(
    _ slot: Slot,
    _ task: UnsafeMutablePointer<TaskControlBlock>,
    after call: ShortCall
  ) {
    let end = now &+ 1
    if call != .yield, continueSlice(of: slot, at: end) { return }
    endTurn(of: slot, .yielded, at: end)
    task.pointee.enterQueue(at: end)
    handOver(slot, at: end)
  }

  /// Uses up a tick of a task's slice.
  ///
  /// - Returns: whether it keeps the CPU; if not, it is in no queue.
  @inline(__always)
  mutating func continueSlice(of slot: Slot, at now: Tick) -> Bool {
    guard cpu.holder == slot else { return false }
    if self[slot].isStopped {
      endTurn(of: slot, .stopped, at: now)
      return false
    }
    guard cpu.ticksLeft > 1 else {
      cpu.noteExpired(at: now)
      endTurn(of: slot, .expired, at: now)
      return false
    }
    cpu.useTick()
    self[slot].becomeReady()
    return true
  }

  /// Takes the CPU from a task, if it has it, and tells the policy.
  ///
  /// - Parameters:
  ///   - slot: the task.
  ///   - end: why its turn ends.
  ///   - now: the tick from which on it no longer has the CPU.
  @inline(__always)
  mutating func endTurn(of slot: Slot, _ end: TurnEnd, at now: Tick) {
    guard cpu.holder == slot else { return }
    let isHeard = policy.interests.contains(.turns)
    let ticks = isHeard ? cpu.turn(of: slot, at: now) : 0
    if cpu.endTurn(), isHeard { policy.endTurn(of: handle(slot), after: ticks, end) }
  }
}
