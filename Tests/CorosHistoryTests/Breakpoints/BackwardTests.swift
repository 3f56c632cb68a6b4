import CorosHistory
import CorosKernel
import CorosTestSupport
import Testing

/// The same stops in both directions.
@Suite struct BackwardTests {
  private static var points: [StopPoint] {
    [
      .runs(2), .runs("child"), .spawned(.any), .calls("Sleep"), .calls("WaitTask", by: 1),
      .enters(1, .waiting), .enters(1, .sleeping), .enters(2, .ready), .enters(3, .exited),
      .enters(1, .running), .ends(.any), .ends("child", .exited(0)), .killed(.any),
      .writes("round 8"), .writes("refused", by: 1), .tick(40), .deadlock,
      .holds { $0.liveTaskCount > 3 }, .changes { "\($0.readyQueue.count)" },
      .changes { "\($0.tasks().map(\.state))" },
    ]
  }

  /// The hits from the present back to a moment.
  private func stopsForward(_ machine: TimeMachine, to end: Int) -> [BreakpointStop] {
    var stops: [BreakpointStop] = []
    while machine.moment < end {
      let outcome = machine.run { _ in machine.moment == end }
      guard outcome == .breakpoint, let stop = machine.stop else { break }
      stops.append(stop)
    }
    return stops
  }

  /// The hits on the way back to the first moment, in words.
  private func stopsBack(_ machine: TimeMachine) throws -> [BreakpointStop] {
    var stops: [BreakpointStop] = []
    while case .breakpoint(let stop) = try machine.runBack() {
      #expect(machine.stop == stop)
      #expect((machine.moment, machine.scheduler.now) == (stop.moment, stop.tick))
      stops.append(stop)
    }
    #expect(machine.moment == 0)
    #expect(machine.stop == nil)
    return stops.reversed()
  }

  /// One breakpoint alone, forward and backward over the whole recording, from the first moment.
  private func compare(_ machine: TimeMachine, _ point: StopPoint) throws -> Int {
    let end = machine.lastMoment
    machine.breakpoints.removeAll()
    let number = machine.breakpoints.add(point)
    let forth = stopsForward(machine, to: end)
    #expect(machine.breakpoints[number]?.hits == forth.count)
    try machine.go(to: end)
    var back = try stopsBack(machine)
    // A run back from the last moment does not report that moment itself.
    if forth.last?.moment == end, let last = forth.last { back.append(last) }
    #expect(forth == back, "\(point)")
    #expect(machine.breakpoints[number]?.hits == forth.count)
    machine.breakpoints.removeAll()
    return forth.count
  }

  @Test(arguments: Form.allCases, 0..<10)
  func `whatever is done meanwhile, the stops backward are those forward`(
    _ form: Form,
    _ policy: Int
  ) throws {
    let wanderer = Wanderer(form, policy: policiesToTravelUnder()[policy], seed: UInt64(policy))
    let machine = wanderer.machine
    while machine.moment < 60 { wanderer.order() }
    try machine.go(to: 0)
    var count = 0
    for point in Self.points { count += try compare(machine, point) }
    #expect(count > 30)
    #expect(machine.branchList.count == 1)
  }

  @Test(arguments: Form.allCases)
  func `a run stops where its replay stops`(_ form: Form) throws {
    var compared = 0
    for point in Self.points {
      let wanderer = Wanderer(form, policy: RoundRobin(quantum: 2), seed: 4)
      let machine = wanderer.machine
      machine.breakpoints.add(point)
      var stops: [BreakpointStop] = []
      while machine.moment < 60 {
        if wanderer.chance(6) == 0 {
          wanderer.order()
          // Some steps of a multi-step order may have stopped unnoticed.
          try #require(machine.ahead == 0)
        }
        machine.step()
        if let stop = machine.stop, stop.moment == machine.moment { stops.append(stop) }
      }
      let end = machine.lastMoment
      try machine.go(to: 0)
      let seen = Set(stops.map(\.moment))
      let followed = stopsForward(machine, to: end)
      #expect(stops == followed.filter { seen.contains($0.moment) }, "\(point)")
      compared += stops.count
    }
    #expect(compared > 100)
  }

  @Test func `a hit far back is found across checkpoints`() throws {
    let machine = TimeMachine { Scheduler() }
    try machine.act("spawn") { scheduler in
      for rounds in [20_000, 30_000] {
        try scheduler.createTask("t", .machine(Spinner(rounds: rounds)))
      }
    }
    machine.run()
    #expect(machine.moment == 50_002)
    for tick in [3, 17_000, 49_999] { machine.breakpoints.add(.tick(tick)) }
    machine.breakpoints.add(.ends(.any))
    #expect(try stopsBack(machine).map(\.tick) == [3, 17_000, 40_001, 49_999])
  }

  @Test func `ignore counts and temporary breakpoints apply forward only`() throws {
    let machine = TimeMachine { Scheduler() }
    try machine.act("spawn") { try $0.createTask("t", .machine(Spinner(rounds: 9))) }
    machine.run()
    let number = machine.breakpoints.add(.runs(1), isTemporary: true, ignoreCount: 5)
    try machine.runBack()
    #expect(machine.moment == 9)
    #expect(machine.breakpoints[number]?.ignoreCount == 5)
    #expect(machine.breakpoints[number]?.hits == 0)
  }

  @Test func `without breakpoints it goes to the beginning without interruption`() throws {
    let machine = TimeMachine { Scheduler() }
    try machine.act("spawn") { try $0.createTask("t", .machine(Spinner(rounds: 9))) }
    machine.run()
    #expect(try machine.runBack() == .beginning)
    try machine.go(to: 8)
    machine.breakpoints.add(.tick(2))
    var moves = 0
    let outcome = try machine.runBack {
      moves += 1
      return moves == 3
    }
    #expect(outcome == .interrupted)
    #expect((machine.moment, machine.ahead) == (8, 2))
    #expect(try machine.runBack() != .beginning)
    #expect(machine.moment == 2)
    #expect(try machine.runBack() == .beginning)
  }

  @Test func `the old and new values are the same backward, from wherever one starts`() throws {
    let machine = TimeMachine { Scheduler() }
    try machine.act("spawn") { scheduler in
      for rounds in [2, 5] { try scheduler.createTask("t", .machine(Spinner(rounds: rounds))) }
    }
    machine.breakpoints.add(.changes { "\($0.liveTaskCount)" })
    let change = BreakpointHit.Cause.changed(from: "2", to: "1")
    machine.run()
    #expect(machine.stop?.hits.map(\.cause) == [change])
    try machine.back(3)
    machine.run()
    #expect(machine.stop?.hits.map(\.cause) == [change])
    machine.run { $0.now == 7 }
    try machine.runBack()
    #expect(machine.stop?.hits.map(\.cause) == [change])
    // Where the past changes, the value changes, too.
    try machine.back(1)
    try machine.perform(KillTask(1))
    machine.run()
    #expect(machine.stop?.hits.map(\.cause) == [.changed(from: "1", to: "0")])
  }
}

/// Computes a number of times, and ends.
private struct Spinner: StateMachine {
  var rounds: Int

  mutating func resume(with resumption: Resumption) -> Trap {
    if case .failure(let error) = resumption { return .threw(error) }
    rounds -= 1
    return rounds < 0 ? .returned : .compute
  }
}
