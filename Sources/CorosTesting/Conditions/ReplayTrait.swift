import CorosHistory
public import Testing

/// Runs the tasks of a test in one schedule, and in no other: the one that a failure has printed.
///
/// Take it out again once the test passes.
public struct ReplayTrait: TestTrait, TestScoping {
  /// The schedule, as it was printed.
  public let schedule: String

  /// Runs the test with the schedule.
  ///
  /// - Throws: `ScheduleError` when it is none.
  public func provideScope(
    for test: Test,
    testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    let schedule = try Schedule(parsing: schedule)
    let conditions = TestConditions(seed: schedule.seed, schedule: schedule)
    try await TestConditions.$current.withValue(conditions) { try await function() }
  }
}

extension Trait where Self == ReplayTrait {
  /// Runs the tasks of a test in one schedule: the word that a failure has printed.
  public static func replaying(_ schedule: String) -> ReplayTrait {
    ReplayTrait(schedule: schedule)
  }
}
