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
    // A condition may make calls, but not while the operator waits: it cannot wait twice.
    guard !isOperatorWaiting else { throw SystemCallError.operatorWaits }
    begin(call)
    if isOperatorWaiting {
      let outcome = run { !$0.isOperatorWaiting || condition($0) }
      if isOperatorWaiting {
        giveUpCall()
        throw RunStopped(outcome: outcome)
      }
    }
    return try takeAnswer(to: Call.self)
  }

  /// Whether a call of the operator's waits for its answer.
  package var isOperatorWaiting: Bool { state[.operator].isWaiting }

  /// Has a call of the operator's handled; after it the call is answered, or waits.
  package func begin(_ call: some SystemCall) {
    entering { call._enter(KernelContext(scheduler: self, slot: .operator)) }
  }

  /// Takes the operator out of the queue in which its call waits; the call is never answered.
  package func giveUpCall() {
    state.giveUpOperatorsCall()
  }

  /// The error that the operator's call fails with, which is still to be taken; nil when it succeeds.
  package var operatorsFailure: (any Error)? { state[.operator].keptFailure }

  /// The answer to the operator's call, once.
  @discardableResult
  package func takeAnswer<Call: SystemCall>(to call: Call.Type) throws -> Call.Reply {
    switch state[.operator].takeResumption() {
    case .failure(let error): throw error
    case .reply(let value):
      if let reply = value as? Call.Reply { return reply }
      throw SystemCallError.wrongReply(to: Call.name)
    case .done:
      if let usual = Call.usualReply { return usual }
      if let nothing = () as? Call.Reply { return nothing }
      throw SystemCallError.wrongReply(to: Call.name)
    case .start: throw SystemCallError.wrongReply(to: Call.name)
    }
  }
}
