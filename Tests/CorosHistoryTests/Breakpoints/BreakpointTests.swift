import CorosHistory
import CorosKernel
import CorosTestSupport
import Testing

/// Where each kind of breakpoint stops.
@Suite struct BreakpointTests {
  /// Two counters, and a task that waits for the first one, sleeps, and kills the second one.
  private func machine(_ policy: any SchedulingPolicy = RoundRobin()) throws -> TimeMachine {
    let machine = TimeMachine { Scheduler(policy: policy) }
    try machine.act("spawn") { scheduler in
      for count in [3, 19] {
        try scheduler.createTask("counter") { os in
          for number in 1...count { try await os.write("number \(number)") }
          try await os.exit(count)
        }
      }
      try scheduler.createTask("judge") { os in
        try await os.waitTask(1)
        try await os.sleep(5)
        try await os.killTask(2)
        _ = try await os.newTask("heir") { _ in throw SystemCallError.timedOut }
      }
    }
    return machine
  }

  /// All hits of a breakpoint in a run, as `tick task cause`.
  private func hits(
    _ point: StopPoint,
    _ policy: any SchedulingPolicy = RoundRobin()
  ) throws -> [String] {
    let machine = try machine(policy)
    machine.breakpoints.add(point)
    var found: [String] = []
    while case .breakpoint = machine.run(), let stop = machine.stop {
      #expect(stop == machine.stop)
      #expect(stop.moment == machine.moment && stop.tick == machine.scheduler.now)
      found += stop.hits.map { "\($0.tick) \($0.task) \($0.cause)" }
    }
    #expect(machine.stop == nil)
    #expect(machine.scheduler.liveTaskCount == 0)
    return found
  }

  /// The tick and the task, without the cause.
  private func places(
    _ point: StopPoint,
    _ policy: any SchedulingPolicy = RoundRobin()
  ) throws -> [String] {
    try hits(point, policy).map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
  }

  @Test func `a task runs`() throws {
    #expect(try places(.runs(3)) == ["2 3", "9 3", "16 3", "17 3", "19 3"])
    #expect(try places(.runs("heir")) == ["18 4"])
    #expect(try places(.runs(.any)).count == 20)
    #expect(try places(.runs("nobody")) == [])
  }

  @Test func `a task is created by a task`() throws {
    #expect(try places(.spawned(.any)) == ["17 4"])
    #expect(try places(.spawned("heir")) == ["17 4"])
    #expect(try places(.spawned(3)) == [])
  }

  @Test func `a system call, with and without arguments`() throws {
    #expect(try places(.calls("Sleep")) == ["9 3"])
    #expect(try places(.calls("Sleep", arguments: ["5"])) == ["9 3"])
    #expect(try places(.calls("Sleep", arguments: ["55"])) == [])
    #expect(try places(.calls("WaitTask", arguments: ["1"])) == ["2 3"])
    #expect(try places(.calls("Write", arguments: ["number", "3"], by: 1)) == ["5 1"])
    #expect(try places(.calls("Write", by: "judge")) == [])
    #expect(try places(.calls("sleep")) == [])
  }

  @Test func `a task enters a state`() throws {
    #expect(try places(.enters(3, .waiting)) == ["2 3"])
    #expect(try places(.enters(3, .sleeping)) == ["9 3"])
    #expect(try places(.enters(3, .ready)) == ["7 3", "15 3"])
    #expect(try places(.enters(4, .ready)) == ["17 4"])
    #expect(try places(.enters(2, .exited)) == ["16 2"])
    #expect(try places(.enters(1, .running)).count == 4)
    #expect(try places(.enters(1, .running), FirstInFirstOut()) == ["0 1"])
    #expect(try places(.enters(9, .exited)) == [])
  }

  @Test func `an end with a status`() throws {
    #expect(try places(.ends(.any)) == ["7 1", "16 2", "18 4", "19 3"])
    #expect(try places(.ends(.any, .exited(3))) == ["7 1"])
    #expect(try places(.ends("counter", .killed)) == ["16 2"])
    #expect(try places(.ends(.any, .failed)) == ["18 4"])
    #expect(try places(.ends(1, .killed)) == [])
    #expect(try places(.killed(.any)) == ["16 2"])
    #expect(try places(.killed("judge")) == [])
  }

  @Test func `an output that contains a text`() throws {
    #expect(try places(.writes("number 99")) == [])
    #expect(try places(.writes("mber 3")) == ["5 1", "6 2"])
    #expect(try places(.writes("mber 3", by: 2)) == ["6 2"])
    #expect(try places(.writes("")).count == 13)
  }

  @Test func `a tick, even in the middle of idle time`() throws {
    let machine = TimeMachine { Scheduler() }
    try machine.act("spawn") { try $0.createTask("sleeper") { try await $0.sleep(100) } }
    machine.breakpoints.add(.tick(0))
    machine.breakpoints.add(.tick(1))
    machine.breakpoints.add(.tick(50))
    guard case .breakpoint = machine.run(), let first = machine.stop else { return }
    #expect(first.hits.map(\.cause) == [.reached(1)])
    #expect(machine.scheduler.now == 1)
    #expect(machine.run(ticks: 30) == .idle(until: 101))
    guard case .breakpoint = machine.run(), let second = machine.stop else { return }
    #expect(second.hits.map(\.breakpoint) == [3])
    #expect(machine.scheduler.now == 50)
    #expect(machine.run() == .allFinished)
    #expect(machine.scheduler.now == 102)
  }

  @Test func `a deadlock stops once, and is the outcome the next time`() throws {
    let machine = TimeMachine { Scheduler() }
    try machine.act("spawn") { scheduler in
      try scheduler.createTask { os in try await os.waitTask(2) }
      try scheduler.createTask { os in try await os.waitTask(1) }
    }
    machine.breakpoints.add(.deadlock)
    guard case .breakpoint = machine.run(), let stop = machine.stop,
      case .deadlock(let deadlock) = machine.run()
    else {
      Issue.record("not stopped")
      return
    }
    #expect(stop.hits.map(\.cause) == [.deadlock(deadlock)])
    #expect(stop.moment == 2)
    #expect(deadlock.circles == [[1, 2]])
  }

  @Test func `a condition that becomes true, and a value that changes`() throws {
    #expect(try places(.holds { $0.liveTaskCount == 2 }) == ["7 0", "17 0"])
    let changes = try hits(.changes { "\($0.liveTaskCount)" })
    #expect(changes.first == #"7 0 changed(from: "3", to: "2")"#)
    #expect(changes.count == 5)
  }

  @Test func `a word must match as a whole, a text anywhere`() throws {
    for (argument, isFound) in [
      ("3", true), ("task", true), ("task 3", true), ("tas", false), ("", true), ("13", false),
      ("-3", false),
    ] {
      let machine = TimeMachine { Scheduler() }
      try machine.act("spawn") { scheduler in
        for _ in 1...3 { try scheduler.createTask { os in try await os.killTask(3) } }
      }
      machine.breakpoints.add(.calls("KillTask", arguments: [argument]))
      machine.step()
      #expect((machine.stop != nil) == isFound, "\(argument)")
    }
  }

  @Test func `breakpoints are ignored, counted and removed as requested`() throws {
    let machine = try machine()
    let ignoring = machine.breakpoints.add(.runs(2), ignoreCount: 4)
    let temporary = machine.breakpoints.add(.runs(2), isTemporary: true, ignoreCount: 2)
    let disabled = machine.breakpoints.add(.runs(.any))
    machine.breakpoints[disabled]?.isEnabled = false
    #expect([ignoring, temporary, disabled] == [1, 2, 3])
    machine.run()
    #expect(machine.stop?.hits.map(\.breakpoint) == [temporary])
    #expect(machine.breakpoints[temporary] == nil)
    #expect(machine.breakpoints[ignoring]?.ignoreCount == 1)
    machine.run()
    #expect(machine.stop?.hits.map(\.breakpoint) == [ignoring])
    #expect(machine.breakpoints[ignoring]?.hits == 5)
    machine.breakpoints[ignoring] = nil
    machine.breakpoints[disabled]?.isEnabled = true
    machine.run()
    #expect(machine.stop?.hits.map(\.breakpoint) == [disabled])
    machine.breakpoints[disabled] = nil
    #expect(machine.run() == .allFinished)
    #expect(machine.breakpoints.add(.deadlock) == 4)
    machine.breakpoints.removeAll()
    #expect(machine.breakpoints.all.isEmpty)
  }

  @Test func `several breakpoints are hit in one move, by number`() throws {
    let machine = try machine()
    for point in [StopPoint.tick(8), .ends(1), .runs("counter"), .runs(1), .spawned(.any)] {
      machine.breakpoints.add(point)
    }
    machine.breakpoints[3]?.ignoreCount = 100
    machine.breakpoints[4]?.ignoreCount = 3
    machine.run()
    #expect(machine.stop?.hits.map(\.breakpoint) == [1, 2, 4])
  }

  @Test func `a call of the operator is given up at a breakpoint`() throws {
    let machine = try machine()
    machine.breakpoints.add(.tick(4), isTemporary: true)
    machine.breakpoints.add(.ends(1))
    let stopped = #expect(throws: RunStopped.self) { try machine.perform(WaitTask(1)) }
    #expect(stopped?.outcome == .breakpoint)
    #expect(machine.stop?.tick == 4)
    #expect(machine.scheduler.brokenInvariants() == [])
    // A hit in the same move as the answer does not discard the answer.
    #expect(try machine.perform(WaitTask(1)) == .exited(3))
    #expect(machine.stop?.hits.map(\.breakpoint) == [2])
    #expect(try machine.perform(KillTask(1)) == false)
    #expect(machine.stop == nil)
  }

  @Test func `acts of the operator do not stop`() throws {
    let machine = try machine()
    for point in [StopPoint.killed(.any), .ends(.any), .enters(2, .stopped), .spawned(.any)] {
      machine.breakpoints.add(point)
    }
    machine.step()
    try machine.perform(StopTask(2))
    try machine.perform(KillTask(2))
    try machine.act("spawn") { try $0.createTask { _ in } }
    try machine.back()
    let end = machine.lastMoment
    machine.run { _ in machine.moment == end }
    #expect(machine.stop == nil)
  }
}
