// Which policy there is, and what it knows of the tasks.

extension KernelState {
  /// Makes a policy that holds no tasks the one that is asked.
  func install(_ newPolicy: any SchedulingPolicy) {
    policy = InstalledPolicy(newPolicy)
    watched = newPolicy.interests
    policy.seed(RandomSource.policySeed(of: seed))
  }

  /// Hands the tasks over to another policy, the one that keeps the CPU first, in O(n).
  func use(_ newPolicy: any SchedulingPolicy) {
    var ready = policy.current.order
    precondition(
      ready.allSatisfy { isHeld($0) },
      "the policy lists a task that is not in its hands"
    )
    if let holder {
      holderSlot = .none
      isOutOfTurn = false
      self[holder.slot].enterQueue(at: now)
      ready.insert(handle(holder.slot), at: 0)
    }
    install(newPolicy)
    if watched.contains(.tasks) {
      for tid in liveTasks {
        if let slot = slot(of: tid) { admit(slot, at: now) }
      }
    }
    for task in ready {
      precondition(isHeld(task), "the policy lists a task that is not in its hands")
      policy.enqueue(task, at: now)
    }
  }

  /// Tells the policy what a task says about itself, if it wants to know.
  @inline(__always)
  func admit(_ slot: Slot, at now: Tick) {
    guard watched.contains(.tasks) else { return }
    let turn = holderSlot == slot ? now - turnStart : 0
    policy.admit(handle(slot), self[slot].parameters, ran: self[slot].dispatches - turn)
  }

  /// Changes what a task says about itself.
  func setParameters(_ parameters: SchedulingParameters, of slot: Slot, at now: Tick) {
    self[slot].parameters = parameters
    admit(slot, at: now)
  }
}
