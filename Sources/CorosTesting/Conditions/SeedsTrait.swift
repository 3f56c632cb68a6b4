public import Testing

/// Runs a test once for each of some seeds, until one fails.
///
/// The seed decides what `explore(.random)` and the other samplers draw, and what random numbers the tasks get.
public struct SeedsTrait: TestTrait, SuiteTrait, TestScoping {
  /// The seeds.
  public let seeds: [UInt64]

  /// Whether the tests of a suite have it, too.
  public var isRecursive: Bool { true }

  /// Runs the test for each seed; once where a schedule is replayed, which has a seed of its own.
  public func provideScope(
    for test: Test,
    testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    if testCase == nil || test.traits.contains(where: { $0 is ReplayTrait }) {
      return try await function()
    }
    let outer = TestConditions.current
    let all = seeds.map { TestConditions(seed: $0, policy: outer.policy) }
    try await outer.perform(function, underEach: all)
  }
}

extension Trait where Self == SeedsTrait {
  /// Runs a test once for each of some seeds, until one fails.
  public static func seeds(_ seeds: some Sequence<some BinaryInteger>) -> SeedsTrait {
    SeedsTrait(seeds: seeds.map { UInt64(truncatingIfNeeded: $0) })
  }
}
