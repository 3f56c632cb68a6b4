import CorosKernel
import CorosTestSupport
import Testing

/// Random system calls by hundreds of tasks that come and go; the kernel is walked after every step.
@Suite struct StormTests {
  /// Ten storms make a million steps in an optimised build; the walk is slow in one that is not.
  #if DEBUG
    private static let stepsPerStorm = 8_000
  #else
    private static let stepsPerStorm = 100_000
  #endif

  /// What a storm came to.
  private struct Weather: Equatable {
    var events: UInt64 = 0
    var ticks: Tick = 0
    var ended = 0
    var stalls = 0
  }

  /// Folds events into one number, so that two long runs can be compared.
  private final class Digest: Observer {
    let interests = Event.Kinds.all
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    func observe(_ event: Event) {
      for byte in "\(event)".utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
  }

  private func storm(
    seed: UInt64,
    policy: PolicyCase,
    steps: Int,
    tasks: Int,
    mixesForms: Bool,
    changesPolicy: Bool = false,
    digests: Bool = false,
    checksEvery: Int = 1
  ) throws -> Weather {
    let scheduler = Scheduler(
      policy: policy.make(),
      seed: seed,
      limits: Limits(tasks: tasks, keptStatuses: 30, refusals: 3)
    )
    let digest = Digest()
    if digests { scheduler.add(digest) }
    let storm = Storm(mixesForms: mixesForms)
    var random = RandomSource(seed: seed)
    var weather = Weather()
    for step in 0..<steps {
      if scheduler.liveTaskCount == 0 || step.isMultiple(of: 50) {
        _ = try? scheduler.perform(NewTask("root", storm.code(seed: random.next())))
      }
      if step.isMultiple(of: 70) {
        _ = try? scheduler.createTask(
          "later",
          storm.code(seed: random.next()),
          parameters: SchedulingParameters(length: 30),
          at: scheduler.now + random.next(below: 20)
        )
      }
      if changesPolicy, random.next(below: 40) == 0 {
        scheduler.use(PolicyCase.all[random.next(below: PolicyCase.all.count)].make())
      }
      if case .stalled(let outcome) = scheduler.step() {
        weather.stalls += 1
        // Help whoever is stuck: somebody goes, everybody goes on.
        for task in scheduler.tasks() { try scheduler.perform(ContinueTask(task.tid)) }
        if case .deadlock(let deadlock) = outcome {
          let victim = deadlock.blocked[random.next(below: deadlock.blocked.count)]
          try scheduler.perform(KillTask(victim.tid))
        }
      }
      guard step.isMultiple(of: checksEvery) else { continue }
      let faults = scheduler.brokenInvariants()
      if !faults.isEmpty {
        Issue.record("seed \(seed), \(policy), step \(step): \(faults)")
        break
      }
    }
    weather.events = digest.value
    weather.ticks = scheduler.now
    weather.ended = scheduler.endedTaskCount
    #expect(scheduler.shutdown() == 0)
    #expect(scheduler.liveTaskCount == 0)
    #expect(scheduler.brokenInvariants() == [], "seed \(seed), after the end")
    return weather
  }

  @Test(arguments: [1, 3] as [Tick], 1...5 as ClosedRange<UInt64>)
  func `the kernel is whole after every step`(quantum: Tick, seed: UInt64) throws {
    let weather = try storm(
      seed: seed,
      policy: PolicyCase { RoundRobin(quantum: quantum) },
      steps: Self.stepsPerStorm,
      tasks: seed == 1 ? 60 : 12,
      mixesForms: seed != 2
    )
    #expect(weather.ended > Self.stepsPerStorm / 20, "it hardly rained, seed \(seed)")
  }

  @Test(arguments: [1, 2, 5, Tick.max])
  func `two storms from one seed are the same storm`(quantum: Tick) throws {
    let storms = try (1...2).map { _ in
      try storm(
        seed: 99,
        policy: PolicyCase { RoundRobin(quantum: quantum) },
        steps: 5_000,
        tasks: 40,
        mixesForms: true,
        digests: true,
        checksEvery: 100
      )
    }
    #expect(storms[0] == storms[1])
    #expect(storms[0].ended > 100)
  }

  @Test func `both forms of coroutine make the same storm`() throws {
    let storms = try [true, false].map { mixesForms in
      try storm(
        seed: 7,
        policy: PolicyCase { RoundRobin(quantum: 2) },
        steps: 20_000,
        tasks: 40,
        mixesForms: mixesForms,
        digests: true,
        checksEvery: 100
      )
    }
    #expect(storms[0] == storms[1])
  }

  @Test(arguments: PolicyCase.all)
  func `under each policy the kernel is whole after every step`(policy: PolicyCase) throws {
    let weather = try storm(seed: 3, policy: policy, steps: 2_000, tasks: 25, mixesForms: false)
    #expect(weather.ended > 20, "it hardly rained")
  }

  @Test(arguments: PolicyCase.all)
  func `under each policy two storms from one seed are the same storm`(
    policy: PolicyCase
  ) throws {
    let storms = try (1...2).map { _ in
      try storm(
        seed: 12,
        policy: policy,
        steps: 1_500,
        tasks: 30,
        mixesForms: false,
        digests: true,
        checksEvery: 100
      )
    }
    #expect(storms[0] == storms[1])
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `the kernel is whole while policies come and go`(seed: UInt64) throws {
    let weather = try storm(
      seed: seed,
      policy: PolicyCase.all[0],
      steps: Self.stepsPerStorm / 2,
      tasks: 20,
      mixesForms: false,
      changesPolicy: true
    )
    #expect(weather.ended > Self.stepsPerStorm / 100, "it hardly rained, seed \(seed)")
  }
}
