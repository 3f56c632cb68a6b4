// Which tasks are cancelled, and in which of their scopes.

extension KernelState {
  /// The error that is due to a task at its next cancellation point.
  func pendingCancellation(of slot: Slot) -> Cancelled? {
    cancelledTasks == 0 ? nil : self[slot].scopes.pending
  }

  /// Cancels a scope of a task; false when it was cancelled already, or there is none of that number.
  mutating func cancel(_ scope: Int, of slot: Slot, by canceller: TaskID, _ reason: String) -> Bool
  {
    changeScopes(of: slot) { $0.cancel(scope, by: canceller, reason) }
  }

  mutating func openScope(of slot: Slot, isShield: Bool, until deadline: Tick?) -> Int {
    let timer = deadline.map { waits.timers.arm(slot, at: $0) }
    return changeScopes(of: slot) { $0.open(isShield: isShield, timer: timer) }
  }

  /// Has a task leave a scope, and those inside it.
  ///
  /// - Returns: whether there was such a scope, and why it was cancelled if it was.
  mutating func closeScope(_ number: Int, of slot: Slot) -> (isKnown: Bool, cause: Cancelled?) {
    guard let closed = changeScopes(of: slot, { $0.close(number) }) else { return (false, nil) }
    for scope in closed where scope.timer != nil { waits.timers.noteDisarmed(in: tasks) }
    return (true, closed.first?.cause)
  }

  /// Forgets the scopes of a task that has ended.
  mutating func forgetScopes(of slot: Slot) {
    if self[slot].scopes.scopes.isEmpty { return }
    let timers = self[slot].scopes.scopes.count { $0.timer != nil }
    changeScopes(of: slot) { $0 = CancelScopes() }
    for _ in 0..<timers { waits.timers.noteDisarmed(in: tasks) }
  }

  /// Cancels the scope whose time is up.
  ///
  /// - Returns: the error; nil when the scope was cancelled already.
  mutating func expireScope(of slot: Slot, _ timer: TimerQueue.Number) -> Cancelled? {
    guard let number = changeScopes(of: slot, { $0.expire(timer) }) else { return nil }
    waits.timers.noteDisarmed(in: tasks)
    let reason = Cancelled.timeIsUp
    guard cancel(number, of: slot, by: .operator, reason) else { return nil }
    return Cancelled(by: .operator, reason: reason, scope: number)
  }

  private mutating func changeScopes<Result>(
    of slot: Slot,
    _ change: (inout CancelScopes) -> Result
  ) -> Result {
    var scopes = self[slot].scopes
    let wasCancelled = scopes.isCancelled
    let result = change(&scopes)
    self[slot].scopes = scopes
    cancelledTasks += (scopes.isCancelled ? 1 : 0) - (wasCancelled ? 1 : 0)
    return result
  }

  /// Whether a task waits for something that a cancellation ends.
  func canBeCancelled(_ wait: Wait) -> Bool {
    switch wait.reason {
    case .arrival, .outside: false
    case .task, .anyChild, .time, .io, .channel, .object, .anyOf:
      type(of: wait.call).cancellation != .never
    }
  }

  /// Whether a task's wait ends when a timer goes off: that of the wait, or that of one of its scopes.
  func endsWait(_ timer: TimerQueue.Number, of slot: Slot) -> Bool {
    guard let wait = tasks.wait(in: slot) else { return false }
    return wait.timer == timer || (self[slot].scopes.reaches(timer) && canBeCancelled(wait))
  }
}
