import CorosKernel
import CorosTestSupport
import Testing

@Suite struct PerformIOTests {
  private let scheduler = Scheduler()
  private let timeline = Timeline()

  init() {
    scheduler.add(timeline)
  }

  @Test func `the caller waits for the device, and others have the CPU`() throws {
    try scheduler.createTask("A") { os in try await os.performIO(3) }
    try scheduler.createTask("B") { os in try await os.compute(4) }
    #expect(run(scheduler) == .allFinished)
    #expect(timeline.picture == ["A: #www-#", "B: -####-#"])
    #expect(scheduler.ioBusyTicks == 3)
    #expect(scheduler.idleTicks == 0)
  }

  @Test func `a tick in which several devices work counts once`() throws {
    for (name, ticks) in [("A", 5), ("B", 2), ("C", 10)] {
      try scheduler.createTask(name) { os in try await os.performIO(ticks) }
    }
    #expect(run(scheduler) == .allFinished)
    // Working from 1 to 6, from 2 to 4 and from 3 to 13.
    #expect(scheduler.ioBusyTicks == 12)
    #expect(scheduler.now == 14)
  }

  @Test func `devices are idle between two requests`() throws {
    try scheduler.createTask { os in
      try await os.performIO(2)
      try await os.compute(10)
      try await os.performIO(3)
    }
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.ioBusyTicks == 5)
  }

  @Test func `the ticks are counted up to the present`() throws {
    try scheduler.createTask { os in try await os.performIO(10) }
    var seen: [Tick] = []
    for _ in 1...13 {
      seen.append(scheduler.ioBusyTicks)
      scheduler.run(ticks: 1)
    }
    #expect(seen == [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10])
  }

  @Test func `a kill ends the request, at the end of the killer's step`() throws {
    let victim = try scheduler.createTask { os in try await os.performIO(100) }
    try scheduler.createTask { os in
      try await os.compute(4)
      try await os.killTask(victim)
    }
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.info(victim)?.accounting.blocked(now: scheduler.now) == 5)
    #expect(scheduler.ioBusyTicks == 5)
  }

  @Test func `the state is reported`() throws {
    let task = try scheduler.createTask { os in try await os.performIO(10) }
    scheduler.step()
    let info = try #require(scheduler.info(task))
    #expect(info.state == .waiting(.io) && info.deadline == 11 && info.waitingSince == 1)
    #expect(scheduler.waitQueues.map(\.reason) == [.io])
    #expect(scheduler.waitQueues.map(\.tasks) == [[task]])
    #expect(WaitReason.io.description == "I/O")
    isWhole(scheduler)
  }

  @Test(arguments: [-1, .min, .max])
  func `an invalid time is refused`(ticks: Tick) throws {
    let notes = Notes()
    try scheduler.createTask { os in
      do {
        try await os.performIO(ticks)
      } catch let error as SystemCallError {
        notes.add("\(error)")
      }
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines.count == 1)
    #expect(scheduler.ioBusyTicks == 0)
  }

  @Test func `I/O that takes no time gives the CPU up, and no more`() throws {
    try scheduler.createTask("A") { os in try await os.performIO(0) }
    try scheduler.createTask("B") { os in try await os.compute(2) }
    #expect(run(scheduler) == .allFinished)
    #expect(timeline.picture == ["A: #-#", "B: -#-##"])
    #expect(scheduler.ioBusyTicks == 0)
    try scheduler.perform(PerformIO(0))
    #expect(scheduler.ioBusyTicks == 0)
  }

  @Test func `the operator can do I/O, too`() throws {
    try scheduler.perform(PerformIO(7))
    #expect(scheduler.now == 7)
    #expect(scheduler.ioBusyTicks == 7)
  }

  @Test func `a checkpoint contains the state of the devices`() throws {
    try scheduler.createTask("io", machine: OneRequest())
    scheduler.run(ticks: 4)
    let checkpoint = try scheduler.checkpoint()
    scheduler.runEventLoop()
    #expect(scheduler.ioBusyTicks == 9)
    scheduler.restore(checkpoint)
    #expect(scheduler.ioBusyTicks == 3)
    isWhole(scheduler)
    scheduler.runEventLoop()
    #expect(scheduler.ioBusyTicks == 9)
  }

  private struct OneRequest: StateMachine {
    var hasAsked = false

    mutating func resume(with resumption: Resumption) -> Trap {
      if case .failure(let error) = resumption { return .threw(error) }
      if hasAsked { return .returned }
      hasAsked = true
      return .call(PerformIO(9))
    }
  }
}
