public import CorosKernel

// System calls of the operator's, recorded so that they can be redone.

extension TimeMachine {
  /// Makes a system call as the operator, as `Scheduler.perform` does.
  ///
  /// In the past it begins a branch. If the call blocks, tasks run until it is answered.
  ///
  /// - Parameters:
  ///   - call: the call; it is made again in each replay.
  ///   - label: what it is called in journals. Default: its name and arguments.
  ///   - polling: how often the condition is asked while the call waits. Default: after each move.
  ///   - condition: true gives the call up.
  /// - Returns: the call's reply.
  /// - Throws: what the call fails with; `RunStopped` when nothing can run any more and the call still waits,
  ///   or when a breakpoint or the condition gave it up.
  @discardableResult
  public func perform<Call: SystemCall>(
    _ call: Call,
    label: String? = nil,
    polling: Polling = .everyMove,
    unless condition: (Scheduler) -> Bool = { _ in false }
  ) throws -> Call.Reply {
    branchIfInPast()
    // The condition of a run may make calls, too; then the stop is the run's.
    if watch == nil { stop = nil }
    // A condition may make calls, but not while the operator waits: it cannot wait twice.
    guard !scheduler.isOperatorWaiting else { throw SystemCallError.operatorWaits }
    begin(call, label: label)
    if let outcome = runWhileWaiting(polling, unless: condition) {
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
    isAnsweredAtOnce = !scheduler.isOperatorWaiting
    if scheduler.isOperatorWaiting {
      keep(label, .waiting) { scheduler in
        scheduler.begin(call)
        return scheduler.isOperatorWaiting ? nil : "it does not wait"
      }
    } else {
      keep(label, .act, failure: scheduler.operatorsFailure.map { String(describing: $0) }) {
        scheduler in
        scheduler.begin(call)
        guard scheduler.isOperatorWaiting else { return scheduler.failureOfAnswer(to: Call.self) }
        // Other choices may have led to where it would wait.
        scheduler.giveUpCall()
        return "it would wait"
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
    keep(Self.givingUp, .waiting) { scheduler in
      guard scheduler.isOperatorWaiting else { return "nothing waits" }
      scheduler.giveUpCall()
      return nil
    }
  }

  /// Takes the answer to the call begun last.
  @discardableResult
  package func takeAnswer<Call: SystemCall>(to call: Call.Type) throws -> Call.Reply {
    if isAnsweredAtOnce {
      // Then it is part of the call that is recorded.
      isAnsweredAtOnce = false
      return try scheduler.takeAnswer(to: Call.self)
    }
    branchIfInPast()
    keep(
      Self.answering,
      .waiting,
      failure: scheduler.operatorsFailure.map { String(describing: $0) }
    ) { $0.failureOfAnswer(to: Call.self) }
    return try scheduler.takeAnswer(to: Call.self)
  }

  /// What taking an answer is called in the journal.
  package static let answering = "answer"
  /// What giving a call up is called in the journal.
  package static let givingUp = "give up"
  /// What a step that ran no task, and may have woken some, is called in the journal.
  package static let settling = "settle"

  /// Runs until the operator's call is answered; returns why, if it is not.
  private func runWhileWaiting(
    _ polling: Polling,
    unless condition: (Scheduler) -> Bool
  ) -> RunOutcome? {
    watching {
      var serving: Serving?
      while scheduler.isOperatorWaiting {
        let outcome: RunOutcome?
        if let source = scheduler.wakeSource, source.isActive {
          outcome = round(&serving, source, limit: .max, polling, endsWithCall: true)
        } else if case .stalled(let reason) = extend(limit: .max, polling, endsWithCall: true) {
          outcome = reason
        } else {
          outcome = nil
        }
        if let outcome, scheduler.isOperatorWaiting { return stop == nil ? outcome : .breakpoint }
        guard scheduler.isOperatorWaiting else { return nil }
        polling.bell?.answer()
        let isMet = condition(scheduler)
        if stop != nil { return .breakpoint }
        if isMet { return .conditionMet }
      }
      return nil
    }
  }
}

extension Scheduler {
  /// Takes the answer to the operator's call, and returns how the call failed, if it did.
  fileprivate func failureOfAnswer<Call: SystemCall>(to call: Call.Type) -> String? {
    do {
      _ = try takeAnswer(to: call)
      return nil
    } catch {
      return String(describing: error)
    }
  }
}
