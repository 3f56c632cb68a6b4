// What an explorer of schedules needs: to choose each step itself, and to come back to a moment often.

/// What has become of a task in its step.
package enum Fate: UInt8 {
  /// It could go on.
  case ready
  /// It is ready, and has given up the CPU.
  case yielded
  /// It waits.
  case waits
  /// It could go on, and is stopped.
  case stopped
  /// It has ended, in any other way than by failing.
  case ended
  /// It has ended by an error that it did not catch.
  case failed
  /// Its call would wait, and is put off: nothing has happened, but that it has come to the call.
  case postponed
}

/// What an object has to offer.
package struct Offer: Hashable, Sendable {
  package let isFree: Bool
  package let hasSome: Bool
  package let hasRoom: Bool
  package let hasEnded: Bool

  /// Whether a call would not wait.
  package func meets(_ attempt: Attempt) -> Bool {
    switch attempt {
    case .isFree: isFree
    case .hasSome: hasSome
    case .hasRoom: hasRoom
    case .hasEnded: hasEnded
    }
  }
}

/// A machine as it stood between two steps, in memory that can be used again.
package final class SavedMachine {
  @exclusivity(unchecked) fileprivate var state: KernelState

  fileprivate init(_ state: consuming KernelState) { self.state = state }
}

extension Scheduler {
  /// Whether all tasks are state machines, so that the machine can be saved.
  package var isCopyable: Bool { state.isCopyable }

  /// Takes the choice of tasks from the policy; the operator no longer waits.
  package func beginExploring() {
    entering {
      state.giveUpOperatorsCall()
      state.use(RoundRobin())
    }
  }

  /// Lets the clock go on until a task is ready; what is due at its tick happens.
  ///
  /// - Returns: whether a task is ready.
  package func settle() -> Bool {
    entering {
      while true {
        if _slowPath(state.mayChangeByTime) { wakeExpired() }
        if !state.cpu.isFree || !state.ready.isEmpty { return true }
        guard let deadline = state.nextDeadline() else { return false }
        jumpClock(to: deadline)
      }
    }
  }

  /// Lets the clock go on until a task is ready, and writes down the ready tasks, oldest first.
  ///
  /// - Returns: whether there are any.
  package func settle(into tasks: inout ContiguousArray<TaskID>) -> Bool {
    let isReady = settle()
    collectReady(into: &tasks)
    return isReady
  }

  /// Writes down the ready tasks, oldest first.
  package func collectReady(into tasks: inout ContiguousArray<TaskID>) {
    guard var slots = fewReady else { return sortReady(into: &tasks) }
    let count = slots.nonzeroBitCount
    while tasks.count > count { tasks.removeLast() }
    while tasks.count < count { tasks.append(.operator) }
    tasks.withUnsafeMutableBufferPointer { tasks in
      var count = 0
      while slots != 0 {
        let tid = state[Slot(slots.trailingZeroBitCount)].tid
        slots &= slots &- 1
        // Most often slots are in the order of the ids.
        var place = count
        while place > 0, tasks[place - 1] > tid {
          tasks[place] = tasks[place - 1]
          place -= 1
        }
        tasks[place] = tid
        count += 1
      }
    }
  }

  /// The slots of the ready tasks as bits; nil where there are too many slots.
  ///
  /// Who is ready is hard to predict, so nothing here depends on it: a branch for each task would take twice as long.
  private var fewReady: UInt64? {
    guard state.tasks.count <= UInt64.bitWidth else { return nil }
    var slots: UInt64 = 0
    for index in 1..<max(1, state.tasks.count) {
      slots |= (state.tasks.isQueued(Slot(index)) ? 1 : 0) &<< UInt64(index)
    }
    if !state.cpu.isFree { slots |= 1 &<< UInt64(state.cpu.holder.index) }
    return slots
  }

  private func sortReady(into tasks: inout ContiguousArray<TaskID>) {
    tasks.removeAll(keepingCapacity: true)
    if !state.cpu.isFree { tasks.append(state[state.cpu.holder].tid) }
    state.ready.forEach(in: state.tasks) { slot in
      let tid = state[slot].tid
      var place = tasks.count
      tasks.append(tid)
      while place > 0, tasks[place - 1] > tid {
        tasks[place] = tasks[place - 1]
        place -= 1
      }
      tasks[place] = tid
    }
  }

  /// Runs a task for a tick.
  ///
  /// The task keeps the CPU for as long as it is chosen, so that giving it up shows.
  ///
  /// - Returns: what has become of it; nil when it is not ready.
  package func explore(_ task: TaskID) -> Fate? {
    entering {
      guard let slot = state.slot(of: task) else { return nil }
      if state.cpu.holder != slot {
        guard state[slot].isQueued else { return nil }
        state.runOutOfTurn(slot, slice: .max)
      }
      if _slowPath(postponesAttempts || hasPostponed), let call = state[slot].postponed {
        state[slot].postponed = nil
        dispatchAgain(call, of: slot)
      } else {
        _ = advance(limit: .max)
      }
      return fate(of: task, in: slot)
    }
  }

  /// Whether a wait may be put off: not where tasks meet, so that it matters who waits, nor where some of them have to
  /// stand in the queue in any case.
  func mayPostpone(_ attempt: Attempt, _ reason: WaitTarget) -> Bool {
    switch reason {
    case .task: attempt == .hasEnded
    case .object(let object, _):
      state.objects[object].box.anyValue.maximum != 0 && !objectsWithQueues.contains(object)
    default: false
    }
  }

  /// Puts off a call of the task whose step it is.
  func postpone(_ call: any SystemCall, of slot: Slot) {
    state.endTurn(of: slot, .blocked, at: state.now)
    state[slot].postponed = call
    state[slot].becomeReady()
    state.now &-= 1
    hasPostponed = true
  }

  /// Whether a task can be chosen.
  package func isReady(_ task: TaskID) -> Bool {
    state.slot(of: task).map { state[$0].isQueued || state.cpu.holder == $0 } ?? false
  }

  /// Lets a task whose call was put off be chosen again.
  package func makeReadyAgain(_ task: TaskID) {
    entering {
      guard let slot = state.slot(of: task), state[slot].postponed != nil, !state[slot].isQueued
      else { return }
      state.makeReady(slot, at: state.now)
    }
  }

  /// The task whose step was made or put off last.
  package var lastExplored: TaskID { state.cpu.lastDispatched }

  /// The task that was created last, living or not.
  package var newestTask: TaskID { state.registry.lastTID }

  private func fate(of task: TaskID, in slot: Slot) -> Fate {
    // Once it has ended, the slot may be another task's.
    guard state.tasks.isTaken(slot), state[slot].tid == task else {
      if case .ended(let record)? = state.registry.directory[task],
        case .failed = state.registry.ended[record].status
      {
        return .failed
      }
      return .ended
    }
    return switch state[slot].phase {
    case .waiting: .waits
    case .queued: .yielded
    case .ready, .running, .gone:
      state.cpu.holder == slot
        ? .ready : postponesAttempts && state[slot].postponed != nil ? .postponed : .stopped
    }
  }

  /// The tasks that wait in a circle which this task has closed, and out of which no time leads.
  ///
  /// Each waits for a lock that the next one holds, or for its end. O(n) in those that it leads to.
  package func circle(through task: TaskID) -> [TaskID]? {
    var path = [task]
    var visited: Set<TaskID> = []
    return extendCircle(&path, &visited) ? path : nil
  }

  private func extendCircle(_ path: inout [TaskID], _ visited: inout Set<TaskID>) -> Bool {
    guard let last = path.last, let slot = state.slot(of: last), let wait = state[slot].wait,
      wait.deadline == nil
    else { return false }
    for next in awaited(by: wait) {
      if next == path[0] { return true }
      guard visited.insert(next).inserted else { continue }
      path.append(next)
      if extendCircle(&path, &visited) { return true }
      path.removeLast()
    }
    return false
  }

  private func awaited(by wait: Wait) -> [TaskID] {
    switch wait.reason {
    case .task(let other): [other]
    case .object(let object, _) where state.objects[object].isLock: state.holders(of: wait.reason)
    default: []
    }
  }

  /// The tasks for whose end, or for whose lock, a task waits.
  package func awaited(by task: TaskID) -> [TaskID] {
    guard let slot = state.slot(of: task), let wait = state[slot].wait else { return [] }
    return awaited(by: wait)
  }

  /// Whether a task waits in a call that it might as well have made later.
  package func waitsForNothingElse(_ task: TaskID) -> Bool {
    guard let slot = state.slot(of: task), let wait = state[slot].wait, wait.deadline == nil,
      wait.call.isDeferrable
    else { return false }
    return wait.call.attempt.map { mayPostpone($0, wait.reason) } ?? true
  }

  /// Tells what each live task may do from where it stands, in no particular order.
  ///
  /// - Returns: whether that is known of all of them.
  package func forEachProspect(_ body: (TaskID, Prospect) -> Void) -> Bool {
    for index in 1..<max(1, state.tasks.count) {
      let slot = Slot(index)
      guard state.tasks.isTaken(slot) else { continue }
      let isWaiting = state[slot].phase == .waiting
      guard
        let prospect = state.tasks.address(of: slot).pointee.coroutine.prospect(
          isWaiting: isWaiting
        )
      else { return false }
      body(state[slot].tid, prospect)
    }
    return true
  }

  /// Whether a task holds anything, which then passes on when it ends.
  package func holdsSomething(_ task: TaskID) -> Bool {
    state.slot(of: task).flatMap { state.objects.holds.newestHold(of: $0) } != nil
  }

  /// What an object has to offer: what an `Attempt` asks for.
  package func offer(of object: ObjectID) -> Offer? {
    guard state.objects.contains(object) else { return nil }
    let record = state.objects[object]
    let value = record.box.anyValue
    let count = value.count ?? 0
    return Offer(
      isFree: record.holders.count == 0,
      hasSome: count > 0,
      hasRoom: value.maximum.map { count < $0 } ?? true,
      hasEnded: false
    )
  }

  /// What a task has to offer to those who wait for its end.
  package func offer(of task: TaskID) -> Offer {
    Offer(isFree: false, hasSome: false, hasRoom: false, hasEnded: state.slot(of: task) == nil)
  }

  /// What a call that was put off waits for; nil when none was.
  package func attempt(of task: TaskID) -> Attempt? {
    state.slot(of: task).flatMap { state[$0].postponed }.flatMap { $0.attempt }
  }

  // MARK: Coming back

  /// Copies the machine, all of whose tasks must be state machines; O(n).
  package func save() -> SavedMachine {
    entering { SavedMachine(state.copy()) }
  }

  /// Copies the machine into memory that was used before.
  package func save(into saved: SavedMachine) {
    entering { saved.state.become(state) }
  }

  /// Goes back to a saved machine, which can be used again.
  package func restore(_ saved: SavedMachine) {
    entering {
      state.become(saved.state)
      noteCancellations()
    }
  }

  /// Goes back to a saved machine for the last time; it then contains some other machine.
  package func restore(taking saved: SavedMachine) {
    entering {
      swap(&state, &saved.state)
      noteCancellations()
    }
  }

  private func noteCancellations() {
    if interests.contains(.cancellations) != (state.cancelledTasks > 0) { updateInterests() }
  }
}
