import CorosHistory
package import CorosKernel

// A task of the operator's that kills another, if that lives on.

extension Session {
  /// Creates a task that waits for the end of another, and kills it if it lives on for too long.
  ///
  /// - Parameters:
  ///   - victim: The other.
  ///   - ticks: How long it may live on.
  /// - Returns: The new task.
  /// - Throws: Why there is none.
  @discardableResult
  package func killLater(_ victim: TaskID, after ticks: Tick) throws(RequestFailure) -> TaskID {
    try requireRoom(for: 1)
    defer { live.wake() }
    do {
      return try machine.act("or-kill \(victim) \(ticks)") { scheduler in
        try scheduler.createTask("or-kill \(victim)", machine: Killer(victim, after: ticks))
      }
    } catch {
      throw .refused(String(describing: error))
    }
  }
}

/// Waits for the end of a task, and kills it when the time is up.
private struct Killer: StateMachine {
  private let victim: TaskID
  private let ticks: Tick

  init(_ victim: TaskID, after ticks: Tick) { (self.victim, self.ticks) = (victim, ticks) }

  mutating func resume(with resumption: Resumption) -> Trap {
    switch resumption {
    case .start: .call(WaitTask(victim, timeout: ticks))
    case .failure(let error) where error as? SystemCallError == .timedOut: .call(KillTask(victim))
    case .failure(let error): .threw(error)
    case .done, .reply: .returned
    }
  }
}
