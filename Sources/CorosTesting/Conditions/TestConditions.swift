import CorosHistory
import CorosKernel
import Synchronization

/// What traits say of how the tasks of a test run.
final class TestConditions: Sendable {
  /// The conditions of the test that runs.
  @TaskLocal static var current = TestConditions()

  /// The seed of the random numbers.
  let seed: UInt64
  /// The policy; nil for the standard one.
  let policy: PolicyChoice?
  /// The only schedule to try.
  let schedule: Schedule?
  private let failures = Atomic<Int>(0)

  init(seed: UInt64 = 0, policy: PolicyChoice? = nil, schedule: Schedule? = nil) {
    self.seed = seed
    self.policy = policy
    self.schedule = schedule
  }

  /// Whether a failure was told of under these conditions.
  var hasFailed: Bool { failures.load(ordering: .relaxed) > 0 }

  func noteFailure() { failures.add(1, ordering: .relaxed) }

  /// Performs a test once under each of some conditions, until one fails: that is a failure of this one, too.
  func perform(
    _ function: @concurrent @Sendable () async throws -> Void,
    underEach all: [TestConditions]
  ) async throws {
    for conditions in all {
      try await Self.$current.withValue(conditions) { try await function() }
      if conditions.hasFailed { return noteFailure() }
    }
  }
}
