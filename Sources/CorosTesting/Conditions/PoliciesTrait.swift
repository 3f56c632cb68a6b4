public import CorosKernel
public import Testing

/// Runs a test once under each of some policies, until one fails: `simulate` and `expectTimeline` use it.
///
/// An exploration chooses by itself who runs, under any policy.
public struct PoliciesTrait: TestTrait, SuiteTrait, TestScoping {
  /// The policies.
  public let policies: PolicySet

  /// Whether the tests of a suite have it, too.
  public var isRecursive: Bool { true }

  /// Runs the test under each policy; once where a schedule is replayed.
  public func provideScope(
    for test: Test,
    testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    if testCase == nil || test.traits.contains(where: { $0 is ReplayTrait }) {
      return try await function()
    }
    let outer = TestConditions.current
    let all = try policies.choices().map { TestConditions(seed: outer.seed, policy: $0) }
    try await outer.perform(function, underEach: all)
  }
}

extension Trait where Self == PoliciesTrait {
  /// Runs a test once under each of some policies, until one fails.
  public static func policies(_ policies: PolicySet) -> PoliciesTrait {
    PoliciesTrait(policies: policies)
  }
}

/// Some policies.
public struct PolicySet: Sendable {
  /// Makes the policies.
  ///
  /// - Throws: `PolicyError` where a name or a setting is wrong.
  let choices: @Sendable () throws -> [PolicyChoice]

  /// Every policy that decides by itself, with its standard settings.
  public static let all = PolicySet {
    try PolicyChoice.names.filter { $0 != OperatorsChoice().description }
      .map { try PolicyChoice.parse(option: $0) }
  }

  /// Policies as they are typed: `rr`, `mlfq:quanta=2/4/8`.
  public static func named(_ names: String...) -> PolicySet {
    PolicySet { try names.map { try PolicyChoice.parse(option: $0) } }
  }

  /// Policies of your own, each made anew for each run.
  public static func each(_ make: @Sendable () -> any SchedulingPolicy...) -> PolicySet {
    let choices = make.map { PolicyChoice(make: $0) }
    return PolicySet { choices }
  }
}
