import CorosHistory
import CorosInsight
package import CorosKernel

// System calls of the operator's: each is one request, and one line of the journal.

extension Session {
  /// Makes a system call as the operator, and runs tasks for as long as it blocks.
  ///
  /// - Parameters:
  ///   - call: The call.
  ///   - label: The line of the journal that stands for this call.
  /// - Returns: The reply; nil where a breakpoint stopped the machine before there was one.
  /// - Throws: Why there is no reply.
  package func perform<Call: SystemCall>(
    _ call: Call,
    as label: String
  ) throws(RequestFailure) -> Call.Reply? {
    defer { live.wake() }
    do {
      return try machine.perform(call, label: label) { [poll] _ in poll() }
    } catch let stop as RunStopped {
      if case .breakpoint = stop.outcome { return nil }
      throw RequestFailure(stop.outcome)
    } catch {
      throw .refused(String(describing: error))
    }
  }

  /// Ends a task.
  ///
  /// - Returns: Whether it was alive.
  package func kill(_ tid: TaskID) throws(RequestFailure) -> Bool {
    try perform(KillTask(tid), as: "kill \(tid)") ?? false
  }

  /// Stops a task where it is.
  ///
  /// - Returns: Whether it was alive, and whether it was stopped before.
  package func stop(
    _ tid: TaskID
  ) throws(RequestFailure) -> (isAlive: Bool, wasStopped: Bool) {
    let wasStopped = isStopped(tid)
    return (try perform(StopTask(tid), as: "stop \(tid)") ?? false, wasStopped)
  }

  /// Lets a stopped task go on.
  ///
  /// - Returns: Whether it was alive, and whether it was stopped before.
  package func resume(
    _ tid: TaskID
  ) throws(RequestFailure) -> (isAlive: Bool, wasStopped: Bool) {
    let wasStopped = isStopped(tid)
    return (try perform(ContinueTask(tid), as: "resume \(tid)") ?? false, wasStopped)
  }

  private func isStopped(_ tid: TaskID) -> Bool {
    if case .stopped? = scheduler.info(tid)?.state { true } else { false }
  }

  /// Waits for a task to end, and runs the others meanwhile.
  ///
  /// - Returns: How it ended; nil where there is no such task, or where a breakpoint came first.
  package func wait(for tid: TaskID) throws(RequestFailure) -> ExitStatus? {
    try perform(WaitTask(tid), as: "wait \(tid)") ?? nil
  }

  /// Sets a task's nice value.
  ///
  /// - Returns: Whether the task is alive.
  package func setNice(_ value: Int, of tid: TaskID) throws(RequestFailure) -> Bool {
    try perform(SetNice(value, of: tid), as: "nice \(tid) \(value)") ?? false
  }

  /// Sets how many tickets a task has.
  ///
  /// - Returns: Whether the task is alive.
  package func setTickets(_ value: Int, of tid: TaskID) throws(RequestFailure) -> Bool {
    try perform(SetTickets(value, of: tid), as: "tickets \(tid) \(value)") ?? false
  }

  /// Sets a task's priority.
  ///
  /// - Returns: Whether the task is alive.
  package func setPriority(_ value: Int, of tid: TaskID) throws(RequestFailure) -> Bool {
    try perform(SetPriority(value, of: tid), as: "priority \(tid) \(value)") ?? false
  }
}
