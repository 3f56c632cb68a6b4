import CorosKernel
import Testing

@Suite(.timeLimit(.minutes(15))) struct VirtualClockTests {
  /// Knows of clocks in general only.
  private nonisolated(nonsending) func rounds<C: Clock>(
    _ count: Int,
    every pause: C.Duration,
    by clock: C
  ) async throws -> [C.Instant] {
    var instants: [C.Instant] = []
    for _ in 1...count {
      instants.append(clock.now)
      try await clock.sleep(until: clock.now.advanced(by: pause), tolerance: nil)
    }
    return instants
  }

  @Test func `code for any clock runs on virtual time`() throws {
    let scheduler = Scheduler()
    var ticks: [Tick] = []
    try scheduler.createTask { os in
      try await os.compute(2)
      ticks = try await rounds(3, every: Ticks(10), by: os.clock).map(\.tick)
      try await os.sleep(until: VirtualClock.Instant(tick: 100))
      ticks.append(os.clock.now.tick)
    }
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(ticks == [2, 12, 22, 100])
  }

  @Test func `a clock sleeps for a time, and measures it`() throws {
    let scheduler = Scheduler()
    var passed: Ticks?
    var measured: Ticks?
    try scheduler.createTask { os in
      let start = os.clock.now
      try await os.clock.sleep(for: Ticks(5))
      passed = start.duration(to: os.clock.now)
      measured = try await os.clock.measure { try await os.compute(4) }
    }
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(passed == Ticks(5))
    #expect(measured == Ticks(4))
    #expect("\(Ticks(1)), \(Ticks(5))" == "1 tick, 5 ticks")
  }

  @Test func `clocks of schedulers side by side are their own`() throws {
    let (first, second) = (Scheduler(), Scheduler())
    var ticks: [Tick] = []
    try first.createTask { os in
      try await os.sleep(50)
      ticks.append(os.clock.now.tick)
    }
    try second.createTask { os in ticks.append(os.clock.now.tick) }
    first.runEventLoop()
    second.runEventLoop()
    #expect(ticks == [51, 0])
  }

  @Test func `a clock can be read while a scheduler goes away`() throws {
    var ticks: [Tick] = []
    do {
      let scheduler = Scheduler()
      try scheduler.createTask { os in
        defer { ticks.append(os.clock.now.tick) }
        try await os.sleep(100)
      }
      scheduler.run(ticks: 10)
    }
    #expect(ticks == [10])
  }

  @Test func `lengths of time add up`() {
    #expect(Ticks(7) + Ticks(5) - Ticks(2) == Ticks(10))
    #expect(Ticks(7) / 2 == Ticks(3))
    #expect(Ticks(7) * 2 == Ticks(14))
    #expect(Ticks(7) / Ticks(2) == 3.5)
    #expect(Ticks(1) < Ticks(2))
    #expect(Ticks.zero == Ticks(0))
    #expect(VirtualClock.Instant(tick: .max - 1).advanced(by: Ticks(5)).tick == .max)
  }
}
