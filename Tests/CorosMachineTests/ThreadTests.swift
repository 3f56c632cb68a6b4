import CorosHistory
import CorosKernel
import Testing

@testable import CorosMachine

/// Threads of one load: turns, shared memory, sleep, and time travel.
@Suite struct ThreadTests {
  static let race = """
    .var count
    .again
    mov count, %ax
    add $1, %ax
    mov %ax, count
    sub $1, %bx
    test $0, %bx
    jgt .again
    halt
    """

  /// Two threads add 100 each.
  ///
  /// Source: OSTEP's `x86.py`, which says the same for its own text.
  @Test(arguments: [
    (1, 100), (2, 100), (3, 200), (4, 150), (5, 160), (6, 200), (7, 157), (50, 164), (99, 200),
    (100, 166), (101, 167),
  ])
  func `a race is right exactly if the timer is a multiple of three`(
    _ timer: Int,
    _ sum: Int
  ) throws {
    let run = try MachineRun(
      Self.race,
      "threads=2",
      "bx=100",
      policy: TimerRoundRobin(interval: timer)
    )
    #expect(run.scheduler.runEventLoop() == .allFinished)
    #expect(try run.cell("count") == sum)
    #expect(run.scheduler.now == 2 * 601)
  }

  @Test func `turns follow the timer, and halt is an instruction`() throws {
    let text = "nop\nnop\nnop\nhalt\n"
    let timer = try MachineRun(text, "threads=2", policy: TimerRoundRobin(interval: 3))
    _ = timer.scheduler.runEventLoop()
    #expect(timer.turns == [[0, 3], [1, 3], [0, 1], [1, 1]])
    let pattern = try MachineRun(text, "threads=2", policy: TurnPattern([1, 1, 2]))
    _ = pattern.scheduler.runEventLoop()
    #expect(pattern.turns == [[0, 2], [1, 1], [0, 2], [1, 3]])
    let yielding = try MachineRun(
      "yield\nnop\nhalt\n",
      "threads=2",
      policy: TimerRoundRobin(interval: 9)
    )
    _ = yielding.scheduler.runEventLoop()
    #expect(yielding.turns == [[0, 1], [1, 1], [0, 2], [1, 2]])
  }

  @Test func `threads of one load share memory, and those of two do not`() throws {
    let scheduler = Scheduler()
    let load = try AssemblyLoad(
      "fetchadd %ax, 2000\nhalt\n",
      name: "add.s",
      LoadSettings(["ax=1/2"])
    )
    let first = try scheduler.load(load)
    let second = try scheduler.load(load)
    _ = scheduler.runEventLoop()
    for tids in [first, second] {
      let view = try #require(scheduler.memoryView(of: tids[1]))
      #expect(try view.value(of: 2_000) == 3)
    }
  }

  @Test func `a thread sleeps while the cell has the value, and one wake wakes one`() throws {
    let text = """
      test $0, %bx
      je .wake
      mov $0, %ax
      futex-wait 2000, %ax
      fetchadd %bx, 2004
      halt
      .wake
      mov $7, 2000
      futex-wake 2000
      futex-wake 2000, $5
      halt
      """
    let run = try MachineRun(text, "bx=1/1/1/0", policy: FirstInFirstOut())
    run.scheduler.run(ticks: 12)
    #expect(
      run.tids.prefix(3).map { run.scheduler.info($0)?.state }
        == Array(repeating: .waiting(.channel("cell 2000 of memory 1")), count: 3)
    )
    #expect(run.scheduler.runEventLoop() == .allFinished)
    #expect(try run.cell("2004") == 3)
    // Another value, and nobody sleeps.
    let late = try MachineRun("mov $1, %ax\nfutex-wait 2000, %ax\nhalt\n")
    #expect(late.scheduler.runEventLoop() == .allFinished)
    #expect(late.scheduler.now == 3)
  }

  @Test func `a thread that was killed keeps its registers`() throws {
    let run = try MachineRun("mov $5, %ax\n.on\nj .on\n", "threads=2")
    run.scheduler.run(ticks: 10)
    #expect(try run.scheduler.perform(KillTask(run.tids[0])))
    let state = try #require(run.registers(0))
    #expect(state[.ax] == 5 && state.counter == 1_001)
  }

  @Test func `time travel takes memory and registers back`() throws {
    let machine = TimeMachine { Scheduler(policy: TimerRoundRobin(interval: 4)) }
    let load = try AssemblyLoad(Self.race, name: "race.s", LoadSettings(["threads=2", "bx=30"]))
    let tids = try machine.act("asm") { try $0.load(load) }
    var seen: [Int: [Int]] = [:]
    func look() throws -> [Int] {
      let view = try #require(machine.scheduler.memoryView())
      let states = try tids.map { try #require(machine.scheduler.registers(of: $0)) }
      return [try view.value(of: 100)] + states.flatMap { [$0[.ax], $0[.bx], $0.counter] }
    }
    repeat {
      seen[machine.moment] = try look()
      #expect(machine.scheduler.brokenInvariants().isEmpty)
    } while machine.step() == .dispatched(machine.scheduler.lastDispatched ?? .operator)
    for moment in seen.keys.sorted().reversed() {
      try machine.go(to: moment)
      #expect(try look() == seen[moment])
    }
  }

  @Test func `the interface of stepped programs tells line, act and variables`() throws {
    let run = try MachineRun("# first\nmov $5, %ax\nhalt\n")
    let program = try #require(run.scheduler.steppedProgram(of: run.tids[0]))
    #expect(
      program.line == 2 && program.act == "does `mov $5, %ax`" && program.programName == "test.s"
    )
    run.scheduler.step()
    let next = try #require(run.scheduler.steppedProgram(of: run.tids[0]))
    #expect(next.line == 3 && next.variables.first == SteppedVariable("ax", .number(5)))
    #expect(next.variables.last == SteppedVariable("pc", .number(1_001)))
  }
}

extension LoadSettings {
  init(_ words: [String]) throws {
    self.init()
    for word in words { try set(word) }
  }
}
