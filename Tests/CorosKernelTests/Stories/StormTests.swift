import CorosKernel
import CorosStorm
import Testing

/// Random system calls by short-lived tasks; `scripts/stress` makes the same storms, but longer.
@Suite struct StormTests {
  /// The check of the kernel's invariants is slow without optimisation.
  #if DEBUG
    private static let calls = 2_000
  #else
    private static let calls = 20_000
  #endif

  /// Folds events into one number, so that two long runs can be compared.
  private final class Digest: Observer {
    let interests = Event.Kinds.all
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    func observe(_ event: Event) {
      for byte in "\(event)".utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
  }

  @discardableResult
  private func storm(_ plan: StormPlan, calls: Int, checksEvery: Int = 1) throws -> Storm {
    let storm = try #require(Storm(plan, checksEvery: checksEvery))
    storm.run(calls: calls)
    if storm.faults.isEmpty { storm.end() }
    #expect(
      storm.faults == [],
      "\(plan), \(storm.calls) calls, tick \(storm.scheduler.now)"
    )
    return storm
  }

  @Test(arguments: StormPolicies.all, [12, 60])
  func `the kernel is consistent after every step`(policy: String, tasks: Int) throws {
    let limits = Limits(tasks: tasks, keptStatuses: 30, refusals: 3)
    for seed in 1...2 as ClosedRange<UInt64> {
      let storm = try storm(
        StormPlan(seed: seed, policy: policy, limits: limits, mixesForms: seed == 1),
        calls: Self.calls
      )
      #expect(storm.ended > Self.calls / 30, "it hardly rained")
    }
  }

  // Picking by hand among hundreds lists them at each step.
  @Test(arguments: StormPolicies.all.filter { $0 != "manual" })
  func `the kernel is consistent with hundreds of tasks, and thousands`(policy: String) throws {
    let plan = StormPlan(seed: 5, policy: policy, limits: Limits(tasks: 3_000, keptStatuses: 100))
    let storm = try storm(plan, calls: 10 * Self.calls, checksEvery: 500)
    #expect(storm.mostAlive > 150)
  }

  @Test(arguments: 100...115 as ClosedRange<UInt64>)
  func `storms of all kinds leave nothing behind`(seed: UInt64) throws {
    let policies = StormPolicies.all
    let policy = policies[Int(seed) % policies.count]
    try storm(StormPlan(seed: seed, policy: policy), calls: Self.calls, checksEvery: 50)
  }

  /// The events of a storm, as one number, and how many there were.
  private func digest(_ plan: StormPlan, calls: Int) throws -> (events: UInt64, ended: Int) {
    let storm = try #require(Storm(plan, checksEvery: 1_000))
    let digest = Digest()
    storm.scheduler.add(digest)
    storm.run(calls: calls)
    storm.end()
    #expect(storm.faults == [])
    return (digest.value, storm.ended)
  }

  @Test(arguments: StormPolicies.all)
  func `two storms from one seed are equal`(policy: String) throws {
    let limits = Limits(tasks: 40, keptStatuses: 30, refusals: 3)
    let plan = StormPlan(seed: 99, policy: policy, limits: limits, escapes: true)
    let first = try digest(plan, calls: 2 * Self.calls)
    #expect(try digest(plan, calls: 2 * Self.calls) == first)
    #expect(first.ended > 100)
  }

  @Test(arguments: StormPolicies.all)
  func `both forms of coroutine give the same storm`(policy: String) throws {
    var plan = StormPlan(
      seed: 7,
      policy: policy,
      limits: Limits(tasks: 40, keptStatuses: 30, refusals: 3),
      // Only state machines can be copied, so the operator does not interfere.
      operatorInterferes: false
    )
    let mixed = try digest(plan, calls: 2 * Self.calls)
    plan.mixesForms = false
    #expect(try digest(plan, calls: 2 * Self.calls) == mixed)
  }
}
