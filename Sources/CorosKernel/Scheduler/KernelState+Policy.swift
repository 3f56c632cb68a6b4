// Which policy there is, and what it knows of the tasks.

extension KernelState {
  /// Installs a policy that holds no tasks.
  mutating func install(_ newPolicy: any SchedulingPolicy) {
    policy = InstalledPolicy(newPolicy)
    policy.seed(RandomSource.policySeed(of: random.seed))
    serveWaiters()
    noteWhetherTicksAreWatched()
  }

  /// Notes whether something is to be done as each tick begins.
  mutating func noteWhetherTicksAreWatched() {
    watchesTicks = policy.interests.contains(.ticks) || hardware.switchTicks > 0
  }

  /// A copy of the policy with the tasks in its hands, those of round robin, too; O(n) under that.
  var policyWithTasks: InstalledPolicy {
    var copy = policy
    if copy.isRoundRobin { for task in order { copy.enqueue(task, at: now) } }
    return copy
  }

  /// Hands the tasks over to another policy, the one that has the CPU first; O(n).
  mutating func use(_ newPolicy: any SchedulingPolicy) {
    var order = order
    for task in order { checkHeld(task) }
    if !cpu.isFree {
      let holder = cpu.holder
      // The old policy goes, so it is not told.
      _ = cpu.endTurn()
      cpu.noteHandedOver(at: now)
      self[holder].enterQueue(at: now)
      order.insert(handle(holder), at: 0)
    }
    ready = ReadyQueue()
    install(newPolicy)
    if policy.interests.contains(.tasks) {
      for tid in registry.liveTasks {
        if let slot = slot(of: tid) { introduce(slot, at: now) }
      }
    }
    for task in order {
      checkHeld(task)
      handOver(task.slot, at: now)
    }
  }

  private func checkHeld(_ task: TaskHandle) {
    precondition(isHeld(task), "the policy lists a task that is not in its hands")
  }

  /// Tells the policy of a task that it does not know, if it wants to know.
  @inline(__always)
  mutating func introduce(_ slot: Slot, at now: Tick) {
    if objects.priorities.matter {
      objects.setPriority(of: slot, to: self[slot].parameters.priority)
      // A new task lends to nobody, and the policy hears of it below.
      _ = objects.takeChangedPriorities()
    }
    guard policy.interests.contains(.tasks) else { return }
    policy.identify(handle(slot), as: self[slot].tid)
    admit(slot, at: now)
  }

  /// Tells the policy what a task says about itself, if it wants to know.
  @inline(__always)
  mutating func admit(_ slot: Slot, at now: Tick) {
    guard policy.interests.contains(.tasks) else { return }
    policy.tellTime(now, cpu)
    let past = self[slot].dispatches - cpu.turn(of: slot, at: now)
    policy.admit(handle(slot), effectiveParameters(of: slot), ran: past)
  }

  /// Changes what a task says about itself.
  mutating func setParameters(_ parameters: SchedulingParameters, of slot: Slot, at now: Tick) {
    self[slot].parameters = parameters
    objects.setPriority(of: slot, to: parameters.priority)
    admit(slot, at: now)
    tellPriorities(at: now)
  }

  /// Whether a handle that a policy gives is that of a task in the policy's hands.
  ///
  /// An embedder's policy may give any handle, even one of another scheduler.
  @inline(__always)
  func isHeld(_ task: TaskHandle) -> Bool {
    tasks.isTaken(task.slot) && self[task.slot].isQueued
  }
}
