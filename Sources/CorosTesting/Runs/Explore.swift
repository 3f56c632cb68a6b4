public import CorosExplore
import CorosHistory
public import CorosKernel
public import Testing

/// Explores the schedules of a task and of all that it creates; each different failure is an issue of the test.
///
/// ```swift
/// let report = try explore(.dpor) { os in
///   try await work(os)
/// }
/// #expect(report.isExhausted)
/// ```
///
/// The body runs from its beginning for each schedule: what its tasks share must be made in it. Where tasks share
/// something that no system call shows, classes mean nothing: a `.dpor` that notices it is an issue, too.
///
/// - Parameters:
///   - strategy: which schedules are tried. Default: what suits the tasks.
///   - limits: when it ends.
///   - properties: what must hold, beside that no task fails and none waits for ever.
///   - ignored: the kinds of failures that do not count.
///   - location: where an issue is shown.
///   - body: the first task.
/// - Returns: what was found, and how much was looked at; with `.replaying` nothing but the failures.
/// - Throws: `Unrepeatable` when the same choices lead elsewhere.
@discardableResult
public func explore(
  _ strategy: Strategy = .auto,
  limits: ExplorationLimits = .forTests,
  properties: [Property] = [],
  ignoring ignored: Set<ExplorationFailure.Kind> = [],
  sourceLocation location: SourceLocation = #_sourceLocation,
  _ body: @escaping TaskBody
) throws -> ExplorationReport {
  try exploreTasks(
    strategy,
    limits: limits,
    properties: properties,
    ignoring: ignored,
    sourceLocation: location
  ) { try $0.createTask("main", body) }
}

/// Explores the schedules of tasks in either form; each different failure is an issue of the test.
///
/// Where all of them are state machines, they are copied, and any strategy can be used.
///
/// - Parameters:
///   - strategy: which schedules are tried. Default: what suits the tasks.
///   - limits: when it ends.
///   - properties: what must hold, beside that no task fails and none waits for ever.
///   - ignored: the kinds of failures that do not count.
///   - location: where an issue is shown.
///   - setUp: makes the tasks, and what they share; called for each schedule if one is an async function.
/// - Returns: what was found, and how much was looked at; with `.replaying` nothing but the failures.
/// - Throws: what making the tasks throws; `NotComparable` and `Unrepeatable`.
@discardableResult
public func exploreTasks(
  _ strategy: Strategy = .auto,
  limits: ExplorationLimits = .forTests,
  properties: [Property] = [],
  ignoring ignored: Set<ExplorationFailure.Kind> = [],
  sourceLocation location: SourceLocation = #_sourceLocation,
  _ setUp: @escaping (Scheduler) throws -> Void
) throws -> ExplorationReport {
  let tested = TestedTasks(setUp: setUp, properties: properties, ignored: ignored)
  if let schedule = TestConditions.current.schedule {
    var report = ExplorationReport(strategy)
    report.failures = try tested.replay(schedule, at: location).map { [$0] } ?? []
    report.stopped = report.failures.isEmpty ? .runs : .failure
    return report
  }
  var limits = limits
  if limits.seed == 0 { limits.seed = TestConditions.current.seed }
  let report = try tested.explorer(TestConditions.current.seed).explore(strategy, limits: limits)
  for failure in report.failures { tested.tell(of: failure, in: "\(report.how)", at: location) }
  if let objection = report.objection { tested.tell(objection, at: location) }
  return report
}

extension ExplorationLimits {
  /// At most 100,000 runs and ten million steps, so that a test ends.
  public static var forTests: ExplorationLimits {
    var limits = ExplorationLimits()
    limits.runs = 100_000
    limits.steps = 10_000_000
    return limits
  }
}
