import CorosHistory
import CorosKernel
import CorosLanguage

// Replays of the past that led to the present.

extension Explanation {
  /// Gathers what happened to some tasks, from the last run of each.
  ///
  /// - Parameter tasks: The tasks.
  /// - Returns: What is known; nothing if the replay diverges.
  /// - Throws: When somebody interrupts.
  func inquire(about tasks: some Collection<TaskInfo>) throws(Interrupted) -> Inquiry {
    let inquiry = Inquiry(about: tasks.map(\.tid))
    // The tasks that wait on a channel do not tell which task signals it.
    let needsAll = tasks.contains {
      if case .channel? = TaskWords.reason(of: $0) { true } else { false }
    }
    let start = needsAll ? 0 : tasks.map(lastMoment).min() ?? 0
    let hasEnded = tasks.allSatisfy { $0.status != nil }
    let end = hasEnded ? tasks.compactMap(\.accounting.end).max().map(machine.moment(atTick:)) : nil
    _ = try look { (machine) throws(Divergence) in
      try machine.replay(from: start, to: end, for: inquiry) { isInterrupted() }
    }
    return inquiry
  }

  /// The machine as it was at a moment.
  ///
  /// - Parameter moment: The moment.
  /// - Returns: nil if the replay diverges.
  /// - Throws: When somebody interrupts.
  func lookBack(to moment: Int) throws(Interrupted) -> Scheduler? {
    try look { (machine) throws(Divergence) in
      try machine.replay(to: moment) { isInterrupted() }
    }
  }

  private func look(
    _ body: (TimeMachine) throws(Divergence) -> Scheduler?
  ) throws(Interrupted) -> Scheduler? {
    let scheduler: Scheduler?
    do throws(Divergence) {
      scheduler = try body(machine)
    } catch {
      return nil
    }
    if scheduler == nil { throw Interrupted() }
    return scheduler
  }

  /// The moment before a task last made a call, or before it was created.
  private func lastMoment(of task: TaskInfo) -> Int {
    guard let last = machine.moment(ofLastRunOf: task.tid) else {
      return machine.moment(atTick: max(0, task.accounting.creation - 1))
    }
    // A task that has ended usually made its last call in an earlier turn.
    guard task.status != nil else { return last }
    return machine.moment(ofLastRunOf: task.tid, before: last) ?? last
  }
}
