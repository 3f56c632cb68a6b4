import CorosHistory
import CorosInterpreter
package import CorosKernel

// Requests that run tasks.

extension Session {
  /// How often `poll` is called.
  var polling: Polling { .every(movesBetweenPolls, or: bell) }

  /// Runs tasks until a number of ticks has passed, nothing can run, a breakpoint is hit, or `poll` ends the
  /// run.
  ///
  /// - Parameter ticks: The maximum number of ticks of virtual time.
  /// - Returns: Which tasks ran, and why the run stopped.
  package func run(ticks: Tick = .max) -> RunReport {
    defer { live.wake() }
    let start = machine.end
    guard machine.ahead == 0 else { return runAlongFuture(ticks: ticks) }
    let hasChecks = scheduler.hasChecks
    let outcome = machine.run(ticks: ticks, polling: hasChecks ? .everyMove : polling) {
      [poll, unowned self] scheduler in
      poll() || hasChecks && scheduler.brokenCheck(atEnd: false) != nil || isRecordingFull
    }
    let tasks = machine.tasks(since: start, most: DispatchList.limit)
    return report(tasks, since: start.moment, checked(outcome))
  }

  /// The outcome of a run; or which check has failed in the last step of it, or at its end.
  private func checked(_ outcome: RunOutcome) -> RunOutcome {
    switch outcome {
    case .deadlock, .breakpoint: return outcome
    case .conditionMet where isInterrupted(): return outcome
    case .conditionMet where isRecordingFull: return .failedCheck(Self.fullRecording)
    default:
      let isAtEnd = outcome == .allFinished && scheduler.endedTaskCount > 0
      return scheduler.brokenCheck(atEnd: isAtEnd).map { .failedCheck($0) } ?? outcome
    }
  }

  /// The same where there is a recorded future: it is replayed move by move.
  private func runAlongFuture(ticks: Tick) -> RunReport {
    let start = machine.moment
    let hasChecks = scheduler.hasChecks
    var list = DispatchList(before: scheduler)
    let outcome = machine.run(ticks: ticks) { [poll, unowned self] scheduler in
      list.note(scheduler)
      // It may go on beyond the recorded future.
      return poll() || hasChecks && scheduler.brokenCheck(atEnd: false) != nil || isRecordingFull
    }
    return report(list.tids, since: start, checked(outcome))
  }

  /// Runs a number of steps; fewer if nothing can run, a breakpoint is hit, or `poll` ends the run.
  ///
  /// - Returns: Which tasks ran, and why there were no more steps.
  package func step(_ count: Int = 1) -> RunReport {
    let start = machine.moment
    var list = DispatchList(before: scheduler)
    var outcome: RunOutcome?
    var dispatches = 0
    while dispatches < count, outcome == nil {
      switch machine.step() {
      case .dispatched: dispatches += 1
      case .stalled(let reason): outcome = reason
      }
      list.note(scheduler)
      if let violation { outcome = .failedCheck(violation) }
      if poll() { outcome = .conditionMet }
      if machine.stop != nil { outcome = .breakpoint }
    }
    return report(list.tids, since: start, outcome.map(checked))
  }

  /// Runs steps until the task that runs next stands in another line of its text, or waits, or has ended.
  ///
  /// A task without a text runs for one step. Other tasks run in between, as the policy says.
  ///
  /// - Returns: Which tasks ran, and why there were no more steps.
  package func stepLine() -> RunReport {
    let start = machine.moment
    var list = DispatchList(before: scheduler)
    var outcome: RunOutcome?
    var (task, line): (TaskID?, Int?)
    while outcome == nil {
      if task == nil, let next = nextTurn.task {
        task = next
        line = scheduler.steppedProgram(of: next)?.line
      }
      if case .stalled(let reason) = machine.step() { outcome = reason }
      list.note(scheduler)
      if let violation { outcome = .failedCheck(violation) }
      if poll() { outcome = .conditionMet }
      if machine.stop != nil { outcome = .breakpoint }
      guard let task, scheduler.lastDispatched == task else { continue }
      let now = scheduler.steppedProgram(of: task)
      if now == nil || now?.line != line || scheduler.info(task)?.waitingSince != nil { break }
    }
    return report(list.tids, since: start, outcome.map(checked))
  }

  private func report(
    _ tasks: [TaskID],
    since moment: Int,
    _ outcome: RunOutcome?
  ) -> RunReport {
    RunReport(
      dispatched: tasks,
      dispatches: machine.dispatches(since: moment),
      tick: scheduler.now,
      end: outcome.map(explain)
    )
  }
}
