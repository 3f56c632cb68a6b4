import CorosHistory
import CorosInsight
import CorosInterpreter
package import CorosKernel
import CorosLanguage
import CorosSync

// System calls of the operator: each is one request, and one line of the journal.

extension Session {
  /// Makes a system call as the operator, and runs tasks while it blocks.
  ///
  /// - Parameters:
  ///   - call: The call.
  ///   - label: The journal line for this call.
  /// - Returns: The reply; nil if a breakpoint stopped the machine before the reply.
  /// - Throws: Why there is no reply.
  package func perform<Call: SystemCall>(
    _ call: Call,
    as label: String
  ) throws(RequestFailure) -> Call.Reply? {
    defer { live.wake() }
    let hasChecks = scheduler.hasChecks
    do {
      return try machine.perform(
        call,
        label: label,
        polling: hasChecks ? .everyMove : polling
      ) { [poll, unowned self] scheduler in
        poll() || hasChecks && scheduler.brokenCheck(atEnd: false) != nil || isRecordingFull
      }
    } catch let stop as RunStopped {
      if case .breakpoint = stop.outcome { return nil }
      if case .conditionMet = stop.outcome, !isInterrupted(), let violation {
        throw RequestFailure(.failedCheck(violation))
      }
      throw RequestFailure(stop.outcome)
    } catch {
      throw .refused(String(describing: error))
    }
  }

  /// Kills a task.
  package func kill(_ tid: TaskID) throws(RequestFailure) -> OrderOutcome {
    try order(KillTask(tid), tid, as: "kill \(tid)")
  }

  /// Cancels a task; redundant if it is cancelled already.
  ///
  /// - Parameters:
  ///   - tid: The task.
  ///   - reason: What its calls fail with.
  /// - Returns: Whether it was cancelled by this.
  /// - Throws: Why there is no answer.
  package func cancel(
    _ tid: TaskID,
    because reason: String
  ) throws(RequestFailure) -> OrderOutcome {
    if scheduler.info(tid)?.cancellation != nil { return .redundant }
    let label = "cancel \(tid)" + (reason.isEmpty ? "" : " \(quoted(reason))")
    return try order(CancelTask(tid, because: reason), tid, as: label)
  }

  /// Sends a text to a task's mailbox.
  package func send(_ text: String, to tid: TaskID) throws(RequestFailure) -> OrderOutcome {
    try order(SendMessage(text, to: tid), tid, as: "send \(tid) \(quoted(text))")
  }

  /// Has a task read what another writes.
  package func join(_ writer: TaskID, to reader: TaskID) throws(RequestFailure) -> OrderOutcome {
    try order(JoinTasks(writer, to: reader), writer, as: "pipe \(writer) \(reader)")
  }

  /// Stops a task; redundant if it is stopped already.
  package func stop(_ tid: TaskID) throws(RequestFailure) -> OrderOutcome {
    try order(StopTask(tid), tid, as: "stop \(tid)", isRedundant: isStopped(tid))
  }

  /// Resumes a stopped task; redundant if it is not stopped.
  package func resume(_ tid: TaskID) throws(RequestFailure) -> OrderOutcome {
    try order(ContinueTask(tid), tid, as: "resume \(tid)", isRedundant: !isStopped(tid))
  }

  /// Sets a number that some policies use for a task.
  package func set(
    _ parameter: TaskParameter,
    to value: Int,
    of tid: TaskID
  ) throws(RequestFailure) -> OrderOutcome {
    let label = "\(parameter.rawValue) \(tid) \(value)"
    return switch parameter {
    case .nice: try order(SetNice(value, of: tid), tid, as: label)
    case .tickets: try order(SetTickets(value, of: tid), tid, as: label)
    case .priority: try order(SetPriority(value, of: tid), tid, as: label)
    }
  }

  /// Waits for a task to end, and runs the others meanwhile.
  ///
  /// While the machine follows its recorded future, this does nothing that would begin a branch.
  package func wait(for tid: TaskID) throws(RequestFailure) -> WaitReport {
    while machine.ahead > 0, TaskWords.isAlive(scheduler.info(tid)) {
      machine.step()
      let isInterrupted = poll()
      if let stop = machine.stop { return WaitReport(tid: tid, status: nil, stop: note(stop)) }
      if isInterrupted { throw .interrupted }
      if let violation { throw RequestFailure(.failedCheck(violation)) }
    }
    if machine.ahead > 0, let task = scheduler.info(tid) {
      return WaitReport(tid: tid, status: task.status, stop: nil)
    }
    let status = try perform(WaitTask(tid), as: "wait \(tid)") ?? nil
    return WaitReport(tid: tid, status: status, stop: machine.stop.map(note))
  }

  /// Makes a call that replies whether the task was alive.
  private func order<Call: SystemCall>(
    _ call: Call,
    _ tid: TaskID,
    as label: String,
    isRedundant: Bool = false
  ) throws(RequestFailure) -> OrderOutcome where Call.Reply == Bool {
    // A call that changes nothing must not begin a branch.
    guard TaskWords.isAlive(scheduler.info(tid)), try perform(call, as: label) == true else {
      return .absent(AbsentTask(tid, scheduler))
    }
    return isRedundant ? .redundant : .done
  }

  private func isStopped(_ tid: TaskID) -> Bool {
    if case .stopped? = scheduler.info(tid)?.state { true } else { false }
  }
}
