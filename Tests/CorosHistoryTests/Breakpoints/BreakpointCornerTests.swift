import CorosHistory
import CorosKernel
import CorosTestSupport
import Testing

/// Breakpoints when several things happen in one move.
@Suite struct BreakpointCornerTests {
  @Test func `a task is known by its name even if it is forgotten at once`() throws {
    for keptStatuses in [0, 10] {
      let machine = TimeMachine { Scheduler(limits: Limits(keptStatuses: keptStatuses)) }
      try machine.act("spawn") { scheduler in
        try scheduler.createTask("parent") { os in
          try await os.killTask(try await os.newTask("victim") { os in try await os.sleep(9) })
          for _ in 1...2 { _ = try await os.newTask("child") { _ in } }
        }
      }
      machine.breakpoints.add(.killed("victim"))
      machine.breakpoints.add(.ends("victim"))
      machine.breakpoints.add(.ends("child"))
      machine.breakpoints.add(.runs("child"))
      var forth: [String] = []
      while case .breakpoint = machine.run(), let stop = machine.stop {
        forth += stop.hits.map { "\($0.breakpoint) at \($0.tick): task \($0.task)" }
      }
      #expect(
        forth.sorted()
          == [
            "1 at 2: task 2", "2 at 2: task 2", "3 at 4: task 3", "3 at 6: task 4",
            "4 at 4: task 3", "4 at 6: task 4",
          ].sorted(),
        "\(keptStatuses) kept"
      )
      var back: [String] = []
      while case .breakpoint(let stop) = try machine.runBack() {
        back += stop.hits.map { "\($0.breakpoint) at \($0.tick): task \($0.task)" }
      }
      #expect(back.sorted() == forth.sorted())
    }
  }

  /// How often some breakpoints stop a run, forth and back.
  private func stops(_ machine: TimeMachine) throws -> (forth: [Tick], back: [Tick]) {
    var forth: [Tick] = []
    while case .breakpoint = machine.run(), let stop = machine.stop { forth.append(stop.tick) }
    var back: [Tick] = []
    while case .breakpoint(let stop) = try machine.runBack() { back.append(stop.tick) }
    return (forth, back)
  }

  @Test(arguments: PolicyCase.all, 1...4 as ClosedRange<UInt64>)
  func `each time that a task becomes ready is seen`(_ policy: PolicyCase, _ seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let jobs = random.jobs(2...4)
    let log = EventLog([.lives, .waits])
    func machine(_ point: StopPoint) throws -> TimeMachine {
      let machine = TimeMachine { Scheduler(policy: policy.make(), seed: seed) }
      try machine.act("create") { try $0.create(jobs) }
      machine.breakpoints.add(point)
      return machine
    }
    let entering = try machine(.enters(2, .ready))
    entering.add(log)
    let holding = try machine(.holds { $0.info(2)?.state.kind == .ready })
    let entered = try stops(entering)
    let wakes = log.events.count { event in
      switch event.action {
      case .woke, .arrived: event.task == 2
      default: false
      }
    }
    #expect(entered.forth.count >= wakes)
    #expect(entered.back == entered.forth.reversed())
    let held = try stops(holding)
    // A task may also be ready again without a wake, after its turn; then both see it.
    #expect(held.forth.count >= wakes && held.back == held.forth.reversed())
    #expect(held.forth == entered.forth)
  }

  @Test func `a task that wakes and runs at once was ready`() throws {
    let machine = TimeMachine { Scheduler(policy: FirstInFirstOut()) }
    try machine.act("create") { try $0.create([TextbookJob(6, io: 1, lasting: 1)]) }
    machine.breakpoints.add(.enters(1, .ready))
    #expect(try stops(machine).forth == [3, 5, 7, 9, 11])
  }

  @Test func `a call made by a run's condition does not remove a stop`() throws {
    let machine = TimeMachine { Scheduler() }
    try machine.act("spawn") { try $0.createTask { os in while true { try await os.yield() } } }
    machine.breakpoints.add(.tick(5), isTemporary: true)
    let outcome = machine.run(ticks: 20) { _ in
      _ = try? machine.perform(GetTime())
      return false
    }
    #expect(outcome == .breakpoint)
    #expect(machine.stop?.tick == 5)
  }

  @Test func `a picked task that has not run is not preempted by the next pick`() throws {
    let scheduler = Scheduler()
    for _ in 1...3 {
      try scheduler.createTask { os in
        try await os.yield()
        try await os.sleep(100)
      }
    }
    try scheduler.pick(2)
    try scheduler.pick(3)
    scheduler.run(ticks: 10)
    #expect(scheduler.preemptions == 0)
    #expect(scheduler.brokenInvariants() == [])
  }
}
