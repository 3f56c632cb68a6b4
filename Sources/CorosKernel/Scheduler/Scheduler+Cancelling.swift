// Cancellation: an error at the victim's cancellation points.

extension Scheduler {
  /// Cancels a scope of a task; false when there is no such live task or scope, or it was cancelled already.
  func cancel(_ target: TaskID, scope: Int = 0, by canceller: TaskID, _ reason: String) -> Bool {
    guard let slot = state.slot(of: target), !state[slot].isDoomed,
      state.cancel(scope, of: slot, by: canceller, reason)
    else { return false }
    emit(.stops, target, .cancelled(by: canceller, reason: reason))
    touch(.steps(target), by: canceller)
    deliverCancellation(to: slot)
    return true
  }

  /// Cancels the scope of a task whose time is up.
  func expireScope(of slot: Slot, _ timer: TimerQueue.Number) {
    guard let error = state.expireScope(of: slot, timer) else { return }
    emit(.stops, state[slot].tid, .cancelled(by: error.by, reason: error.reason))
    deliverCancellation(to: slot)
  }

  /// Ends the wait of a cancelled task, where it can be ended.
  private func deliverCancellation(to slot: Slot) {
    updateInterests()
    guard let wait = state.tasks.wait(in: slot), state.canBeCancelled(wait),
      let error = state.pendingCancellation(of: slot)
    else { return }
    wake(slot, .cancelled(error), by: .cancellation)
  }
}

extension KernelContext {
  /// Cancels a task; false when it is not alive, or was cancelled already.
  ///
  /// From now on each cancellation point of the task fails with ``Cancelled``; if it waits at one, it goes on now.
  ///
  /// - Parameters:
  ///   - target: which task.
  ///   - scope: which of its scopes; 0 for its body.
  ///   - reason: why, for the task's own use and for people.
  /// - Returns: whether it is cancelled by this.
  public func cancel(_ target: TaskID, scope: Int = 0, because reason: String) -> Bool {
    noteChange(.life(target))
    return scheduler.cancel(target, scope: scope, by: caller, reason)
  }

  /// Has the caller enter a cancel scope, inside those that it is in.
  ///
  /// - Parameters:
  ///   - isShield: whether cancellations from outside the scope do not reach what is inside.
  ///   - deadline: when the scope is cancelled by itself; nil for never.
  /// - Returns: the scope's number, which no other scope of the task has had.
  /// - Throws: `SystemCallError.onlyForTasks` for the operator.
  public func openScope(
    isShield: Bool = false,
    until deadline: Tick? = nil
  ) throws(SystemCallError) -> Int {
    if slot == .operator { throw .onlyForTasks(call: "a cancel scope") }
    return scheduler.state.openScope(of: slot, isShield: isShield, until: deadline)
  }

  /// Has the caller leave a cancel scope, and those inside it.
  ///
  /// - Returns: why the scope was cancelled; nil when it was not.
  /// - Throws: `SystemCallError.invalidArgument` when the caller is not in it.
  public func closeScope(_ number: Int) throws(SystemCallError) -> Cancelled? {
    let closed = scheduler.state.closeScope(number, of: slot)
    guard closed.isKnown else {
      throw .invalidArgument("there is no cancel scope \(number) to leave")
    }
    scheduler.updateInterests()
    return closed.cause
  }

  /// Why the next cancellation point of the caller will fail; nil when it will not.
  public var pendingCancellation: Cancelled? { scheduler.state.pendingCancellation(of: slot) }
}
