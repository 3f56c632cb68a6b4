import CorosHistory
import CorosKernel

/// Finds out what has happened by replaying the part of the history that led to the present.
struct ReplayedPast: Hindsight {
  let machine: TimeMachine
  let isInterrupted: () -> Bool

  /// Gathers what happened to some tasks, from the last run of each.
  ///
  /// What is found is nothing if the replay diverges.
  func inquiry(
    about tasks: [TaskInfo],
    _ scheduler: Scheduler
  ) throws(Interrupted) -> Inquiry {
    let inquiry = Inquiry(about: tasks.map(\.tid))
    let start = tasks.contains { needsAll($0, scheduler) } ? 0 : tasks.map(lastMoment).min() ?? 0
    let hasEnded = tasks.allSatisfy { $0.status != nil }
    let end = hasEnded ? tasks.compactMap(\.accounting.end).max().map(machine.moment(atTick:)) : nil
    _ = try look { (machine) throws(Divergence) in
      let replayed = try machine.replay(from: start, to: end, for: inquiry) { isInterrupted() }
      // What is due now has happened on the machine that is looked at.
      if let replayed, end == nil, !scheduler.hasDue {
        replayed.add(inquiry)
        replayed.come(to: scheduler.now)
        replayed.remove(inquiry)
      }
      return replayed
    }
    return inquiry
  }

  func lastRun(of task: TaskID) -> Tick? {
    machine.moment(ofLastRunOf: task).map { machine.tick(atMoment: $0 + 1) - 1 }
  }

  func choice(beforeLastRunOf task: TaskID) throws(Interrupted) -> PastChoice? {
    guard let moment = machine.moment(ofLastRunOf: task) else { return nil }
    return try lookBack(to: moment).map { PastChoice($0.nextChoice, $0) }
  }

  func choice(afterLastRunOf task: TaskID) throws(Interrupted) -> NextChoice? {
    guard let moment = machine.moment(ofLastRunOf: task) else { return nil }
    return try lookBack(to: moment + 1)?.nextChoice
  }

  /// The machine as it was at a moment; nil if the replay diverges.
  private func lookBack(to moment: Int) throws(Interrupted) -> Scheduler? {
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

  /// Whether what a task waits for may have come, and gone, before it began to wait.
  ///
  /// The tasks that wait on a channel do not tell which task signals it, and a condition may have been notified
  /// too early.
  private func needsAll(_ task: TaskInfo, _ scheduler: Scheduler) -> Bool {
    switch TaskWords.reason(of: task) {
    case .channel?: true
    case .object(let place)?: scheduler.object(place.object)?.kind == "condition"
    default: false
    }
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
