// How tasks end: by themselves, by a kill, with the scheduler.

extension Scheduler {
  /// Kills a task; false when there is no such live task.
  func kill(_ target: TaskID, by killer: TaskID, as status: ExitStatus = .killed) -> Bool {
    guard let slot = state.slot(of: target), !state[slot].isDoomed else { return false }
    emit(.lives, target, .killed(by: killer))
    touch(.steps(target), by: killer)
    switch state[slot].phase {
    case .running:
      // The kernel is handling this task's call: it ends after that.
      state[slot].doom(as: status)
    case .waiting:
      let wait = state.release(slot, at: moment)
      touch(wait.reason, of: target)
      takeBack(wait, from: slot)
      finish(slot, status)
      review(wait.reason)
    case .queued, .ready:
      state.withdraw(slot, .ended, at: moment)
      takeBackGrant(from: slot)
      finish(slot, status)
    case .gone:
      return false
    }
    return true
  }

  /// Unwinds a task that is in no queue, so that its `defer`s run, and ends it.
  func finish(_ slot: Slot, _ status: ExitStatus) {
    state[slot].beginRunning()
    state[slot].doom(as: status)
    // A task that was never started never runs.
    if state[slot].dispatches > 0 { unwind(slot, status) }
    end(slot, status)
  }

  private func unwind(_ slot: Slot, _ status: ExitStatus) {
    let coroutine = state[slot].takeCoroutine()
    let tid = state[slot].tid
    let context = KernelContext(scheduler: self, slot: slot)
    let error: Termination = if case .exited(let code) = status { .exiting(code) } else { .killed }
    let unwinding = unwind(coroutine, with: error) { call in
      emit(.lives, tid, .resisted(call.summary(in: context)))
    }
    switch unwinding {
    case .ended: break
    case .escaped: emit(.lives, tid, .escaped)
    case .stuck: emit(.lives, tid, .gaveUp(after: limits.refusals))
    }
  }

  /// Ends a coroutine that has begun; one that refuses too often is abandoned.
  private func unwind(
    _ coroutine: any Coroutine,
    with error: Termination,
    onRefusal: (any SystemCall) -> Void
  ) -> Unwinding {
    var coroutine = coroutine
    let unwinding = coroutine.unwind(with: error, refusals: limits.refusals, onRefusal: onRefusal)
    if case .stuck = unwinding { (coroutine as? AsyncCoroutine)?.abandon() }
    return unwinding
  }

  /// Ends every task, oldest first, without telling observers: the scheduler is going away, and must not be used again.
  ///
  /// - Parameter condition: asked after every 64 tasks; true puts off the rest until the next call.
  /// - Returns: whether all have ended.
  @discardableResult
  package func endTasksQuietly(unless condition: () -> Bool = { false }) -> Bool {
    for (index, tid) in state.registry.liveTasks.enumerated() {
      if index > 0, index.isMultiple(of: 64), condition() { return false }
      guard let slot = state.slot(of: tid) else { continue }
      let coroutine = state[slot].takeCoroutine()
      // A coroutine that never began ends when it is released.
      if state[slot].dispatches > 0 { _ = unwind(coroutine, with: .killed) { _ in } }
    }
    return true
  }

  /// Removes a task that will not run again, and wakes its waiters.
  func end(_ slot: Slot, _ status: ExitStatus) {
    ending { remove(slot, status) }
  }

  private func remove(_ slot: Slot, _ status: ExitStatus) {
    let (tid, parent) = (state[slot].tid, state[slot].parent)
    state.endTurn(of: slot, .ended, at: moment)
    emit(.lives, tid, .exited(status))
    touch(.life(tid), by: tid)
    touch(.children(parent), by: tid)
    touch(.taskCount, by: tid)
    passOnHolds(of: slot)
    tellBonds(of: slot, status)
    state.forgetScopes(of: slot)
    let waiters = state.removeTask(slot, status: status, at: moment)
    for waiter in waiters {
      // An earlier waiter may have killed this one.
      guard case .task(tid)? = state.tasks.wait(in: waiter)?.reason else { continue }
      wake(waiter, .ended(tid, status))
    }
    if let parentSlot = state.liveSlot(of: parent), case .anyChild? = state[parentSlot].wait?.reason
    {
      wake(parentSlot, .ended(tid, status))
    }
  }

  /// Kills every task, oldest first, and waits a little for those outside the kernel.
  ///
  /// Afterwards the scheduler is empty and can be used again; meanwhile no task can be created.
  ///
  /// - Returns: how many tasks stayed outside and were abandoned; their `defer`s may never run.
  @discardableResult
  public func shutdown() -> Int {
    entering {
      // A call that an end wakes may want to create a task; meanwhile none can be created.
      let limit = state.limits.tasks
      state.limits.tasks = 0
      defer { state.limits.tasks = limit }
      for task in state.registry.liveTasks { _ = kill(task, by: .operator) }
      return host.hasOutsiders ? host.awaitOrphans(milliseconds: limits.graceMilliseconds) : 0
    }
  }
}
