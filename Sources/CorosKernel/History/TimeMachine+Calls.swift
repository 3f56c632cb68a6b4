// System calls of the operator's, kept so that they can be made again.

extension TimeMachine {
  /// Makes a system call as the operator, as `Scheduler.perform` does.
  ///
  /// In the past it begins a branch. If the call blocks, tasks run until it is answered.
  ///
  /// - Parameters:
  ///   - call: the call; it is made again in later journeys.
  ///   - label: what it is called in journals; its name and arguments unless said otherwise.
  ///   - condition: asked after each step while the call waits; true gives the call up.
  /// - Returns: the call's reply.
  /// - Throws: what the call fails with; `RunStopped` when nothing can run any more and the call still
  ///   waits, or when the condition gave it up.
  @discardableResult
  public func perform<Call: SystemCall>(
    _ call: Call,
    label: String? = nil,
    unless condition: (Scheduler) -> Bool = { _ in false }
  ) throws -> Call.Reply {
    let label = label ?? call.summary.description
    branchIfInPast()
    scheduler.begin(call)
    guard scheduler.isOperatorWaiting else {
      keep(label, .order) {
        $0.begin(call)
        _ = try? $0.takeAnswer(to: Call.self)
      }
      return try scheduler.takeAnswer(to: Call.self)
    }
    keep(label, .waiting) { $0.begin(call) }
    if let outcome = runWhileWaiting(unless: condition) {
      scheduler.giveUpCall()
      keep(Self.givingUp, .waiting) { $0.giveUpCall() }
      throw RunStopped(outcome: outcome)
    }
    keep(Self.answering, .waiting) { _ = try? $0.takeAnswer(to: Call.self) }
    return try scheduler.takeAnswer(to: Call.self)
  }

  static let answering = "answer"

  /// Runs until the operator's call is answered; if that does not come, why.
  private func runWhileWaiting(unless condition: (Scheduler) -> Bool) -> RunOutcome? {
    while scheduler.isOperatorWaiting {
      if case .stalled(let outcome) = extend(), scheduler.isOperatorWaiting { return outcome }
      if condition(scheduler), scheduler.isOperatorWaiting { return .conditionMet }
    }
    return nil
  }
}
