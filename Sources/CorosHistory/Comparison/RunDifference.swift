public import CorosKernel

/// The first step at which two runs differ.
public struct RunDifference: Hashable, Sendable {
  /// The number of the step in both, from 0.
  public let step: Int
  /// The step of the first run; nil when that run is over.
  public let left: SteppedRun.Step?
  /// The step of the second run; nil when that run is over.
  public let right: SteppedRun.Step?

  /// The first event of the step that differs, in each run; nil where a run has no further event.
  public var firstEvents: (left: Event?, right: Event?) {
    let (left, right) = (left?.events ?? [], right?.events ?? [])
    let same = zip(left, right).prefix { $0 == $1 }.count
    return (left.dropFirst(same).first, right.dropFirst(same).first)
  }
}

/// Runs two runs side by side, and finds the first step at which they differ.
///
/// - Parameters:
///   - left: a run.
///   - right: another.
///   - steps: the most steps to compare.
///   - condition: asked after each step; true stops the comparison.
/// - Returns: where they differ; nil when they are the same, event for event.
/// - Throws: `Divergence` when one of them replays a recorded run and does not go as that did.
public func firstDifference(
  between left: SteppedRun,
  and right: SteppedRun,
  steps: Int = .max,
  unless condition: () -> Bool = { false }
) throws(Divergence) -> RunDifference? {
  var step = 0
  while step < steps, !condition() {
    let (first, second) = (try left.next(), try right.next())
    if first != second { return RunDifference(step: step, left: first, right: second) }
    if first == nil { return nil }
    step += 1
  }
  return nil
}

/// Runs the same thing twice and compares each step: for tests that a run is deterministic.
///
/// A difference comes from hidden nondeterminism: a clock, a hash order, a variable that outlives the run.
///
/// - Parameters:
///   - steps: the most steps to compare.
///   - make: makes a scheduler with its tasks, anew each time.
/// - Returns: where the two runs differ; nil when they do not.
/// - Throws: what `make` throws.
public func checkDeterminism(
  steps: Int = 1_000_000,
  _ make: () throws -> Scheduler
) throws -> RunDifference? {
  let first = try make()
  let second = try make()
  return try firstDifference(between: SteppedRun(first), and: SteppedRun(second), steps: steps)
}
