import CorosExplore
import CorosHistory
import CorosKernel
import Testing

/// The tasks of a test, and what must hold of them.
struct TestedTasks {
  let setUp: (Scheduler) throws -> Void
  let properties: [Property]
  let ignored: Set<ExplorationFailure.Kind>

  func explorer(_ seed: UInt64) -> Explorer {
    var explorer = Explorer(seed: seed, setUp)
    explorer.properties = properties
    explorer.ignored = ignored
    return explorer
  }

  /// Runs the tasks in a schedule.
  ///
  /// - Returns: what goes wrong in it.
  @discardableResult
  func replay(_ schedule: Schedule, at location: SourceLocation) throws -> ExplorationFailure? {
    do {
      let failure = try explorer(schedule.seed).replay(schedule)
      if let failure { tell(of: failure, in: "replaying", at: location) }
      return failure
    } catch let misfit as ScheduleMisfit {
      tell("\(misfit)", at: location)
      return nil
    }
  }

  /// Runs the tasks under a policy.
  ///
  /// - Returns: the tick at which they stop.
  func run(
    under policy: (any SchedulingPolicy)?,
    ticks: Tick,
    at location: SourceLocation
  ) throws -> Tick {
    let conditions = TestConditions.current
    let policy = policy ?? conditions.policy?.make() ?? RoundRobin()
    let scheduler = Scheduler(policy: policy, seed: conditions.seed)
    let log = EventLog(.dispatches, limit: .max)
    scheduler.add(log)
    try setUp(scheduler)
    let outcome = scheduler.run(ticks: ticks)
    let choices = log.events.compactMap { event -> TaskID? in
      if case .dispatched = event.action { event.task } else { nil }
    }
    let schedule = Schedule(seed: scheduler.seed, policy: "manual", choices: choices)
    // What is wrong is said by those who know: the explorer.
    if let failure = try explorer(scheduler.seed).replay(schedule, shrinks: true) {
      tell(of: failure, in: policy.description, at: location)
    } else if let text = Self.text(on: outcome, ticks) {
      tell("under \(policy.description) \(text)", at: location)
    }
    return scheduler.now
  }

  /// What is wrong with how a run has stopped, where no task has failed; nil for what is not.
  private static func text(on outcome: RunOutcome, _ ticks: Tick) -> String? {
    switch outcome {
    case .allFinished, .deadlock: nil
    case .limitReached, .idle: "tasks have not ended after \(ticks) ticks"
    case .undecided(let ready):
      "the policy chooses nobody, though \(list(ready)) could run"
    case .stopped(let tasks):
      "\(list(tasks)) cannot end: stopped, and nothing continues what is stopped"
    case .waiting(let tasks): "\(list(tasks.map(\.tid))) cannot end: the world brings nothing"
    case .outside(let tasks): "\(list(tasks)) await something outside the kernel"
    case .conditionMet, .failedCheck, .breakpoint: "the run was stopped: \(outcome)"
    }
  }

  private static func list(_ tasks: [TaskID]) -> String {
    (tasks.count == 1 ? "task " : "tasks ") + tasks.map(\.description).joined(separator: ", ")
  }

  // MARK: Telling

  /// Makes a failure an issue of the test.
  func tell(of failure: ExplorationFailure, in how: String, at location: SourceLocation) {
    tell(failure.report(in: how, picture: picture(of: failure)), at: location)
  }

  /// Makes something an issue of the test.
  func tell(_ text: String, at location: SourceLocation) {
    TestConditions.current.noteFailure()
    Issue.record(Comment(rawValue: text), sourceLocation: location)
  }

  /// The run up to the failure as a picture, made by the plain kernel, which knows nothing of exploring.
  private func picture(of failure: ExplorationFailure) -> [String] {
    let scheduler = Scheduler(policy: OperatorsChoice(), seed: failure.schedule.seed)
    let timeline = Timeline()
    scheduler.add(timeline)
    do {
      try setUp(scheduler)
      for task in failure.schedule.choices {
        try scheduler.pick(task)
        scheduler.step()
      }
    } catch {
      return ["the plain kernel cannot run it: \(error)"]
    }
    return timeline.alignedPicture
  }
}
