// What the next step will be, computed on a copy of all that decides it.

/// Copies of the policy, the timers, the turn and the clock.
private struct Future {
  var policy: InstalledPolicy
  var timers: TimerQueue
  var cpu: CPU
  var objects: ObjectTable
  var now: Tick
  var woken: [Slot] = []
  /// Those of them that another has let in, which wake before their own time comes.
  var admitted: [Slot] = []
  /// The task that the policy has preempted.
  var loser: Slot?
}

extension KernelState {
  /// What the next step will be, if the operator does nothing before it.
  func nextChoice() -> NextChoice {
    var future = Future(
      policy: policyWithTasks,
      timers: waits.timers,
      cpu: cpu,
      objects: objects,
      now: now
    )
    while true {
      beginTick(in: &future)
      let keepsCPU = !future.cpu.isFree
      let queue = future.policy.current(at: future.now, future.cpu).order.map(\.slot)
      let candidates = (keepsCPU ? [future.cpu.holder] : []) + queue
      let keys = candidates.map { (slot: $0, key: sortKey(of: $0, in: future)) }
      let choice = keepsCPU ? nil : future.policy.next(at: future.now)
      let chosen = keepsCPU ? future.cpu.holder : choice?.task.slot
      if chosen == nil, !future.policy.isUndecided,
        let deadline = future.timers.earliest(in: tasks)?.deadline
      {
        future.now = deadline
        continue
      }
      if let chosen, let end = switchEnd(to: chosen, in: future) {
        if let choice { future.cpu.beginTurn(of: chosen, slice: choice.slice, at: future.now) }
        passSwitch(to: chosen, until: end, in: &future)
        continue
      }
      return describe(future, chosen, keys)
    }
  }

  /// Begins a tick: the same phases, in the same order, as at the beginning of a step.
  private func beginTick(in future: inout Future) {
    let watchesTicks = policy.interests.contains(.ticks)
    if watchesTicks { future.policy.beginTick(future.now) }
    while let (slot, timer) = future.timers.takeExpired(in: tasks, at: future.now) {
      guard slot != .operator, wakes(slot, timer, in: future) else { continue }
      leaveQueues(slot, in: &future)
      wake(slot, in: &future)
    }
    guard watchesTicks, !future.cpu.isFree, !future.cpu.isOutOfTurn else { return }
    let holder = future.cpu.holder
    let turn = future.cpu.turn(of: holder, at: future.now)
    future.policy.tellTime(future.now, future.cpu)
    guard future.policy.preempts(handle(holder), after: turn) else { return }
    _ = future.cpu.endTurn()
    if policy.interests.contains(.turns) {
      future.policy.endTurn(of: handle(holder), after: turn, .preempted)
    }
    future.policy.enqueue(handle(holder), at: future.now)
    // One that the CPU is being switched to has not run, so it is not the one that does not go on.
    if turn > 0 { future.loser = holder }
  }

  private func wake(_ slot: Slot, in future: inout Future) {
    future.woken.append(slot)
    guard !self[slot].isStopped else { return }
    future.policy.tellTime(future.now, future.cpu)
    future.policy.enqueue(handle(slot), at: future.now)
  }

  /// Takes a task that gets nothing out of the queues of objects.
  ///
  /// Lets in who can enter now, such as the readers behind a writer that gives up.
  private func leaveQueues(_ slot: Slot, in future: inout Future) {
    let left: [ObjectID]
    switch tasks.wait(in: slot)?.reason {
    case .object(let id, _): left = [id]
    case .anyOf(let places): left = places.map(\.object)
    case .task, .anyChild, .time, .io, .arrival, .channel, .outside, nil: return
    }
    withdraw(slot, in: &future)
    for id in left {
      while let first = future.objects.first(in: id, for: nil), first.slot != .operator,
        admits(first, in: future)
      {
        let hold = HoldTable.Hold(
          slot: first.slot,
          object: id,
          mode: first.mode,
          since: future.now,
          dispatches: self[first.slot].dispatches
        )
        future.objects.hold(hold)
        tellPriorities(in: &future)
        withdraw(first.slot, in: &future)
        future.admitted.append(first.slot)
        wake(first.slot, in: &future)
      }
    }
  }

  private func admits(_ stand: StandTable.Stand, in future: Future) -> Bool {
    let record = future.objects[stand.object]
    return record.box.anyValue.admits(stand.mode, beside: record.holders.count)
  }

  private func withdraw(_ slot: Slot, in future: inout Future) {
    future.objects.withdraw(slot)
    tellPriorities(in: &future)
  }

  /// Tells the policy of the tasks to which more is lent now, or less.
  private func tellPriorities(in future: inout Future) {
    guard objects.priorities.areLent else { return }
    for debtor in future.objects.takeChangedPriorities() {
      var parameters = self[debtor].parameters
      parameters.priority = future.objects.priorities.effective(of: debtor)
      let past = self[debtor].dispatches - future.cpu.turn(of: debtor, at: future.now)
      future.policy.tellTime(future.now, future.cpu)
      future.policy.admit(handle(debtor), parameters, ran: past)
    }
  }

  /// Whether a task wakes when a timer goes off; not for a scope that it is in while it does not wait.
  private func wakes(_ slot: Slot, _ timer: TimerQueue.Number, in future: Future) -> Bool {
    if future.admitted.contains(slot) { return false }
    // Without scopes it has but one timer, that of its wait.
    if self[slot].scopes.scopes.isEmpty { return true }
    return endsWait(timer, of: slot) && !future.woken.contains(slot)
  }

  /// When the CPU can run a task that it must be switched to first; nil when it can at once.
  private func switchEnd(to slot: Slot, in future: Future) -> Tick? {
    guard needsSwitch(to: slot) else { return nil }
    let end =
      future.cpu.incoming == slot ? future.cpu.switchEnd : future.now + hardware.switchTicks
    return end > future.now ? end : nil
  }

  /// Lets the clock go on while the CPU is switched, to the end of the switch or to what may happen before it.
  private func passSwitch(to slot: Slot, until end: Tick, in future: inout Future) {
    if future.cpu.incoming != slot {
      future.cpu.beginSwitch(to: slot, at: future.now, lasting: end - future.now)
    }
    future.cpu.delayTurn(until: end)
    let timer = future.timers.earliest(in: tasks)?.deadline
    future.now = min(end, nextEventInSwitch(at: future.now, timer: timer))
  }

  private func sortKey(of slot: Slot, in future: Future) -> String? {
    // The policy knows nothing of a turn that the operator has chosen.
    if future.cpu.holder == slot, future.cpu.isOutOfTurn { return nil }
    let turn = future.cpu.turn(of: slot, at: future.now)
    return future.policy.current(at: future.now, future.cpu).sortKey(of: handle(slot), after: turn)
  }

  private func describe(
    _ future: Future,
    _ chosen: Slot?,
    _ keys: [(slot: Slot, key: String?)]
  ) -> NextChoice {
    let sorted = keys.filter { $0.slot == chosen } + keys.filter { $0.slot != chosen }
    return NextChoice(
      tick: future.now,
      candidates: sorted.map { .init(task: self[$0.slot].tid, sortKey: $0.key) },
      task: chosen.map { self[$0].tid },
      ticksLeft: future.cpu.isFree || future.cpu.incoming == chosen
        ? nil : future.cpu.ticksLeft > endOfTime ? .max : future.cpu.ticksLeft,
      isPicked: !future.cpu.isFree && future.cpu.isOutOfTurn,
      loss: loss(in: future, chosen, keys),
      woken: future.woken.map { self[$0].tid }
    )
  }

  /// Why the task of the last step does not go on.
  private func loss(
    in future: Future,
    _ chosen: Slot?,
    _ keys: [(slot: Slot, key: String?)]
  ) -> NextChoice.Loss? {
    let last = cpu.lastDispatched
    guard last != .operator else { return nil }
    guard let slot = slot(of: last) else {
      return NextChoice.Loss(task: last, end: .ended, sortKey: nil)
    }
    if slot == chosen, slot == cpu.holder, slot == future.cpu.holder { return nil }
    let key = keys.first { $0.slot == slot }?.key
    return NextChoice.Loss(task: last, end: turnEnd(of: slot, in: future), sortKey: key)
  }

  private func turnEnd(of slot: Slot, in future: Future) -> TurnEnd {
    if future.loser == slot { return .preempted }
    if self[slot].wait != nil { return .blocked }
    if self[slot].isStopped { return .stopped }
    return cpu.turnEnd(at: now)
  }
}
