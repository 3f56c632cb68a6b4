public import CorosKernel

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
  ///   waits, or when a breakpoint or the condition gave it up.
  @discardableResult
  public func perform<Call: SystemCall>(
    _ call: Call,
    label: String? = nil,
    unless condition: (Scheduler) -> Bool = { _ in false }
  ) throws -> Call.Reply {
    branchIfInPast()
    // The condition of a run may make calls, too; where it stops is told to whoever runs.
    if watch == nil { stop = nil }
    // A condition may make calls, but not while the operator waits: nobody stands in two queues.
    guard !scheduler.isOperatorWaiting else { throw SystemCallError.operatorWaits }
    begin(call, label: label)
    guard scheduler.isOperatorWaiting else { return try scheduler.takeAnswer(to: Call.self) }
    if let outcome = runWhileWaiting(unless: condition) {
      giveUpCall()
      throw RunStopped(outcome: outcome)
    }
    return try takeAnswer(to: Call.self)
  }

  /// Begins a call of the operator's that may wait; `takeAnswer` or `giveUpCall` ends the wait.
  package func begin<Call: SystemCall>(_ call: Call, label: String? = nil) {
    let label = label ?? call.summary.description
    branchIfInPast()
    scheduler.begin(call)
    if scheduler.isOperatorWaiting {
      keep(label, .waiting) { $0.begin(call) }
    } else {
      keep(label, .order) {
        $0.begin(call)
        _ = try? $0.takeAnswer(to: Call.self)
      }
    }
  }

  /// Whether a call of the operator's waits for its answer.
  package var isWaiting: Bool { scheduler.isOperatorWaiting }

  /// Takes the operator out of the queue in which its call waits.
  package func giveUpCall() {
    branchIfInPast()
    guard scheduler.isOperatorWaiting else { return }
    scheduler.giveUpCall()
    keep(Self.givingUp, .waiting) { if $0.isOperatorWaiting { $0.giveUpCall() } }
  }

  /// Takes the answer to a call that has waited.
  @discardableResult
  package func takeAnswer<Call: SystemCall>(to call: Call.Type) throws -> Call.Reply {
    branchIfInPast()
    keep(Self.answering, .waiting) { _ = try? $0.takeAnswer(to: Call.self) }
    return try scheduler.takeAnswer(to: Call.self)
  }

  /// What an answer that came is called in the journal.
  package static let answering = "answer"
  /// What a call that was given up is called in the journal.
  package static let givingUp = "give up"
  /// What a step that ran nobody, and may have woken somebody, is called in the journal.
  package static let settling = "settle"

  /// Runs until the operator's call is answered; if that does not come, why.
  private func runWhileWaiting(unless condition: (Scheduler) -> Bool) -> RunOutcome? {
    watching {
      while scheduler.isOperatorWaiting {
        if case .stalled(let outcome) = extend(), scheduler.isOperatorWaiting {
          return stop == nil ? outcome : .breakpoint
        }
        guard scheduler.isOperatorWaiting else { return nil }
        let isMet = condition(scheduler)
        if stop != nil { return .breakpoint }
        if isMet { return .conditionMet }
      }
      return nil
    }
  }
}
