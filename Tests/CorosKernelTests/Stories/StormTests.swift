import CorosKernel
import CorosStorm
import Testing

/// Random system calls by tasks that come and go; `scripts/stress` makes the same storms, longer ones.
@Suite struct StormTests {
  /// The walk over the kernel is slow in a build that is not optimised.
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
  func `the kernel is whole after every step`(policy: String, tasks: Int) throws {
    let limits = Limits(tasks: tasks, keptStatuses: 30, refusals: 3)
    for seed in 1...2 as ClosedRange<UInt64> {
      let storm = try storm(
        StormPlan(seed: seed, policy: policy, limits: limits, mixesForms: seed == 1),
        calls: Self.calls
      )
      #expect(storm.ended > Self.calls / 30, "it hardly rained")
    }
  }

  // To pick by hand among thousands is to list them at each step.
  @Test(arguments: StormPolicies.all.filter { $0 != "manual" })
  func `the kernel is whole with thousands of tasks`(policy: String) throws {
    let plan = StormPlan(seed: 5, policy: policy, limits: Limits(tasks: 3_000, keptStatuses: 100))
    let storm = try storm(plan, calls: 60_000, checksEvery: 500)
    // Few are born while the CPU is kept for one that waits.
    #expect(storm.mostAlive > (policy == "procs:switch=end" ? 400 : 1_000))
  }

  @Test(arguments: 100...115 as ClosedRange<UInt64>)
  func `storms of all kinds leave nothing behind`(seed: UInt64) throws {
    let policies = StormPolicies.all
    let policy = policies[Int(seed) % policies.count]
    try storm(StormPlan(seed: seed, policy: policy), calls: Self.calls, checksEvery: 50)
  }

  /// What happens in a storm, as one number, and how much of it there was.
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
  func `two storms from one seed are the same storm`(policy: String) throws {
    let limits = Limits(tasks: 40, keptStatuses: 30, refusals: 3)
    let plan = StormPlan(seed: 99, policy: policy, limits: limits, escapes: true)
    let first = try digest(plan, calls: 2 * Self.calls)
    #expect(try digest(plan, calls: 2 * Self.calls) == first)
    #expect(first.ended > 100)
  }

  @Test(arguments: StormPolicies.all)
  func `both forms of coroutine make the same storm`(policy: String) throws {
    var plan = StormPlan(
      seed: 7,
      policy: policy,
      limits: Limits(tasks: 40, keptStatuses: 30, refusals: 3),
      // Only machines alone can be copied, so the operator keeps quiet.
      operatorInterferes: false
    )
    let mixed = try digest(plan, calls: 2 * Self.calls)
    plan.mixesForms = false
    #expect(try digest(plan, calls: 2 * Self.calls) == mixed)
  }
}
