// System calls from outside: the operator is task 0, which is never scheduled.

extension Scheduler {
  /// Makes a system call as the operator, through the same handler as a task's.
  ///
  /// If the call blocks, tasks run until it is answered.
  ///
  /// - Parameters:
  ///   - call: the call.
  ///   - condition: asked after each step while the call waits; true gives the call up.
  /// - Returns: the call's reply.
  /// - Throws: what the call fails with; `RunStopped` when nothing can run any more and the call still
  ///   waits, or when the condition gave it up.
  @discardableResult
  public func perform<Call: SystemCall>(
    _ call: Call,
    unless condition: (Scheduler) -> Bool = { _ in false }
  ) throws -> Call.Reply {
    // A condition may make calls, but not while the operator waits: nobody stands in two queues.
    guard state[.operator].wait == nil else { throw SystemCallError.operatorWaits }
    entering { handle(call, from: .operator) }
    if state[.operator].wait != nil {
      let outcome = run { $0.state[.operator].wait == nil || condition($0) }
      if state[.operator].wait != nil {
        state.giveUpOperatorsCall()
        throw RunStopped(outcome: outcome)
      }
    }
    switch state[.operator].takeResumption() {
    case .failure(let error): throw error
    case .reply(let value):
      if let reply = value as? Call.Reply { return reply }
      throw SystemCallError.wrongReply(to: Call.name)
    case .done:
      if let nothing = () as? Call.Reply { return nothing }
      throw SystemCallError.wrongReply(to: Call.name)
    case .start: throw SystemCallError.wrongReply(to: Call.name)
    }
  }
}
