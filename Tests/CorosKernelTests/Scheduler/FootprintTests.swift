import CorosKernel
import CorosTestSupport
import Testing

/// What the steps of tasks touch, as those are told who want to know which steps could change places.
@Suite struct FootprintTests {
  /// The touches of the first task's calls, in words.
  private func touches(
    of call: any SystemCall,
    prepare: (Scheduler) throws -> Void = { _ in }
  ) throws -> [String] {
    let scheduler = Scheduler()
    try prepare(scheduler)
    let log = EventLog(.footprints)
    let script = Script([call])
    let tid = try scheduler.createTask("caller", machine: script.machine)
    scheduler.add(log)
    for _ in 0..<10 where scheduler.lastDispatched != tid { scheduler.step() }
    return log.events.compactMap { event in
      guard case .touched(let touch) = event.action, event.task == tid else { return nil }
      return (touch.isChange ? "changes " : "reads ") + "\(touch.resource)"
    }
  }

  @Test func `computing and yielding touch nothing`() throws {
    #expect(try touches(of: Yield()) == [])
    #expect(try touches(of: Compute()) == [])
    #expect(try touches(of: GetTid()) == [])
    #expect(try touches(of: Sleep(0)) == [])
  }

  @Test func `each call touches what it asks for`() throws {
    #expect(try touches(of: GetTime()) == ["reads clock"])
    #expect(try touches(of: Sleep(3)) == ["reads clock", "reads clock"])
    #expect(try touches(of: Random(below: 3)) == ["changes random"])
    #expect(try touches(of: Write("x")) == ["changes output"])
    #expect(try touches(of: WaitTask(77)) == ["reads life(77)"])
    #expect(try touches(of: KillTask(77)) == ["changes life(77)"])
    #expect(
      try touches(of: SetPriority(3, of: 1))
        == ["reads life(1)", "reads parameters(1)", "changes parameters(1)"]
    )
  }

  @Test func `a birth touches the numbers, and an end the life and the family`() throws {
    let child = NewTask("child", machine: Script([]).machine)
    #expect(
      try touches(of: child) == ["changes numbers", "changes taskCount", "changes life(2)"]
    )
    let scheduler = Scheduler()
    let log = EventLog(.footprints)
    scheduler.add(log)
    try scheduler.createTask("short", machine: Script([]).machine)
    scheduler.runEventLoop()
    #expect(
      log.events.map { "\($0.action)" }.map {
        $0.contains("life") || $0.contains("children") || $0.contains("taskCount")
      }
        == [true, true, true]
    )
  }

  @Test func `an embedder's call touches what nobody knows, unless it says otherwise`() throws {
    struct Opaque: SystemCall {
      func handle(in kernel: KernelContext) -> Disposition<Void> { .reply(()) }
    }
    struct Tracked: SystemCall {
      static var isTracked: Bool { true }
      func handle(in kernel: KernelContext) -> Disposition<Void> {
        kernel.wake("bell")
        return .reply(())
      }
    }
    #expect(try touches(of: Opaque()) == ["changes outside"])
    let bell = try touches(of: Tracked())
    #expect(bell.count == 1)
    #expect(bell.allSatisfy { $0.contains("bell") })
  }

  @Test func `nobody else is told`() throws {
    let scheduler = Scheduler()
    let log = EventLog()
    scheduler.add(log)
    try scheduler.createTask { os in try await os.write("x") }
    scheduler.runEventLoop()
    #expect(!log.events.contains { $0.action.kind == .footprints })
  }
}
