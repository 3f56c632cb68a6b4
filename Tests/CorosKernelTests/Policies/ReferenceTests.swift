import CorosKernel
import CorosTestSupport
import Testing

/// Thousands of random job lists, run by the kernel and by a simulator that shares nothing with it.
@Suite struct ReferenceTests {
  #if DEBUG
    private static let rounds = 600
  #else
    private static let rounds = 20_000
  #endif

  /// Compares two ways to run each of many job lists, tick by tick.
  private func compare(
    seed: UInt64,
    rounds: Int = rounds,
    yielding: Bool = false,
    switching: Bool = true,
    _ draw: (inout RandomSource) -> (
      policy: any SchedulingPolicy, simulate: (inout TextbookSimulator) -> JobRun
    )
  ) throws {
    var random = RandomSource(seed: seed)
    for round in 0..<rounds {
      let jobs = random.jobs(yielding: yielding)
      let (policy, simulate) = draw(&random)
      let hardware = random.hardware(switching: switching)
      var simulator = TextbookSimulator(jobs, hardware)
      let expected = simulate(&simulator)
      let (actual, scheduler) = try Scheduler.run(jobs, policy, hardware: hardware)
      let accounts = scheduler.tasks(includingEnded: true).map(\.accounting)
      #expect(accounts.map(\.response) == expected.responses)
      #expect(accounts.map(\.turnaround) == expected.turnarounds)
      guard actual != expected else { continue }
      Issue.record(
        """
        round \(round): \(policy.description), \(hardware), \(jobs)
        textbook \(expected)
        kernel   \(actual)
        """
      )
      return
    }
  }

  @Test func `first in, first out`() throws {
    try compare(seed: 1, yielding: true) { _ in
      (FirstInFirstOut(), { $0.roundRobin(quantum: .max) })
    }
  }

  @Test func `round robin`() throws {
    try compare(seed: 2, yielding: true) { random in
      let quantum = random.next(in: 1...9)
      return (RoundRobin(quantum: quantum), { $0.roundRobin(quantum: quantum) })
    }
  }

  @Test func `round robin, arrivals first`() throws {
    try compare(seed: 10, yielding: true) { random in
      let quantum = random.next(in: 1...9)
      return (
        RoundRobinAfterArrivals(quantum: quantum),
        { $0.roundRobin(quantum: quantum, arrivalsFirst: true) }
      )
    }
  }

  @Test func `round robin by the timer`() throws {
    // The timer goes on while the CPU is switched, and quanta do not: see the policy.
    try compare(seed: 11, yielding: true, switching: false) { random in
      let interval = random.next(in: 1...9)
      return (TimerRoundRobin(interval: interval), { $0.timer(every: interval) })
    }
  }

  @Test func `a pattern of turns`() throws {
    try compare(seed: 12, yielding: true) { random in
      // Some of it for jobs that there are not, and some jobs without a turn.
      let order = (0..<random.next(in: 1...6)).map { _ in random.next(below: 7) }
      return (TurnPattern(order.map { TaskID(rawValue: $0 + 1) }), { $0.pattern(order) })
    }
  }

  @Test func `the highest response ratio next`() throws {
    try compare(seed: 13, yielding: true) { _ in
      (HighestResponseRatioNext(), { $0.responseRatio() })
    }
  }

  @Test func `round robin without end is first in, first out`() throws {
    try compare(seed: 3) { _ in (RoundRobin(quantum: .max), { $0.roundRobin(quantum: .max) }) }
  }

  @Test func `the shortest job first`() throws {
    try compare(seed: 4) { _ in
      (ShortestJobFirst(), { $0.smallest(isPreemptive: false) { job, _ in job.length } })
    }
  }

  @Test func `the shortest time to completion first`() throws {
    try compare(seed: 5) { _ in
      (
        ShortestTimeToCompletionFirst(),
        { $0.smallest(isPreemptive: true) { job, ran in job.length - ran } }
      )
    }
  }

  @Test func `the highest priority first`() throws {
    try compare(seed: 6) { random in
      let isPreemptive = random.next(below: 2) == 0
      let aging = random.next(below: 2) == 0 ? 0 : random.next(in: 1...12)
      return (
        HighestPriorityFirst(isPreemptive: isPreemptive, aging: aging),
        { $0.priority(isPreemptive: isPreemptive, aging: aging) }
      )
    }
  }

  @Test(arguments: 7...9 as ClosedRange<UInt64>)
  func `multilevel feedback`(seed: UInt64) throws {
    try compare(seed: seed) { random in
      let queues = random.next(in: 1...4)
      let settings = MultilevelFeedback.Settings(
        quanta: (0..<queues).map { _ in random.next(in: 1...7) },
        allotments: (0..<queues).map { _ in random.next(in: 1...3) },
        boost: random.next(below: 2) == 0 ? 0 : random.next(in: 1...40),
        stay: random.next(below: 2) == 0,
        iobump: random.next(below: 2) == 0
      )
      return (MultilevelFeedback(settings), { $0.feedback(settings) })
    }
  }
}
