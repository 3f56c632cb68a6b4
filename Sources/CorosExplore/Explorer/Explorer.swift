public import CorosHistory
public import CorosKernel

/// Tries the schedules of some tasks: every one, one of each class, or many at random.
///
/// ```swift
/// let explorer = Explorer { scheduler in
///   for name in ["one", "two"] {
///     try scheduler.createTask(name) { os in try await work(os) }
///   }
/// }
/// let report = try explorer.explore(.dfs)
/// ```
///
/// Tasks that are state machines are copied, which is fast. Tasks that are async functions run from the beginning
/// again for each schedule: so whatever they share beside the kernel must be made anew where the tasks are made.
public struct Explorer {
  let origin: Origin
  private var questions = Questions()
  /// What is known of other portions of the same exploration; nil where there are none.
  package var portions: ClassPortions?

  /// What must hold.
  public var properties: [Property] {
    get { questions.properties }
    set { questions.properties = newValue }
  }

  /// The kinds of failures that do not count.
  public var ignored: Set<ExplorationFailure.Kind> {
    get { questions.ignored }
    set { questions.ignored = newValue }
  }

  /// The values that are collected at the ends of runs, as text: see ``ExplorationLimits/finals``.
  public var values: ((Scheduler) -> String)? {
    get { questions.values }
    set { questions.values = newValue }
  }

  /// Told now and then how far it has come.
  ///
  /// What it returns ends the exploration. Default: nil.
  public var progress: ((ExplorationProgress) -> ExplorationReport.Stop?)? {
    get { questions.progress }
    set { questions.progress = newValue }
  }

  /// Explores tasks that are made on an empty scheduler.
  ///
  /// - Parameters:
  ///   - seed: the seed of the random numbers that tasks draw.
  ///   - setUp: makes the tasks; called for each run if one of them is an async function.
  public init(seed: UInt64 = 0, _ setUp: @escaping (Scheduler) throws -> Void) {
    origin = .setUp(seed: seed, setUp)
  }

  /// Explores the machines that a function makes, all alike.
  ///
  /// - Parameter make: makes a machine as it is before its first step; called for each run if one of its tasks is
  ///   an async function.
  public init(make: @escaping () throws -> Scheduler) {
    origin = .make(make)
  }

  /// Explores what may become of a machine from its present moment on; the machine itself stays as it is.
  ///
  /// - Parameters:
  ///   - scheduler: the machine.
  ///   - past: its choices up to now, with which the schedules of the report begin.
  ///   - remake: makes a machine that stands at the same moment; called for each run if a task of the machine is an
  ///     async function, and never otherwise.
  /// - Throws: `NotCopyable` when a task is an async function and there is no `remake`.
  public init(
    futureOf scheduler: Scheduler,
    after past: Schedule,
    remake: (() throws -> Scheduler)? = nil
  ) throws {
    do throws(NotCopyable) {
      let checkpoint = try scheduler.checkpoint()
      origin = .make {
        let copy = Scheduler()
        copy.restore(checkpoint)
        return copy
      }
    } catch {
      guard let remake else { throw error }
      origin = .make(remake)
    }
    questions.past = Array(past.choices)
    questions.seed = past.seed
  }

  /// Tries schedules.
  ///
  /// - Parameters:
  ///   - strategy: which.
  ///   - limits: when it ends.
  /// - Returns: what it found.
  /// - Throws: what making the tasks throws; `Unrepeatable` when the same choices lead elsewhere.
  public func explore(
    _ strategy: Strategy = .auto,
    limits: ExplorationLimits = ExplorationLimits()
  ) throws -> ExplorationReport {
    let ground = try portions.map { try Ground(origin, listener: $0.listener) } ?? Ground(origin)
    var questions = questions
    if questions.past.isEmpty { questions.seed = ground.seed }
    let campaign = Campaign(strategy, on: ground, limits, questions)
    do {
      try campaign.carryOut(strategy, portions)
    } catch is ExplorationInterrupted {
      campaign.report.stopped = .interrupted
    }
    do {
      if limits.shrinks { try campaign.shrinkFailures() }
    } catch is ExplorationInterrupted {
      // The failures are as large as they were when it was interrupted.
    }
    return campaign.report
  }

  /// Makes the choices of one schedule, and says what goes wrong on the way.
  ///
  /// - Parameters:
  ///   - schedule: from the first step of the machine on; what is left to do behind its end is not done.
  ///   - shrinks: whether the failure is made as small as possible.
  /// - Returns: the first failure; nil when nothing goes wrong.
  /// - Throws: `ScheduleMisfit` when a task cannot run where its turn comes, and what making the tasks throws.
  public func replay(_ schedule: Schedule, shrinks: Bool = false) throws -> ExplorationFailure? {
    let campaign = try campaign()
    try campaign.replay(Array(schedule.choices.dropFirst(questions.past.count)))
    if shrinks { try campaign.shrinkFailures() }
    return campaign.report.failures.first
  }

  /// A campaign for single schedules.
  func campaign() throws -> Campaign {
    let ground = try Ground(origin)
    var questions = questions
    if questions.past.isEmpty { questions.seed = ground.seed }
    return Campaign(.dfs, on: ground, ExplorationLimits(), questions)
  }
}
