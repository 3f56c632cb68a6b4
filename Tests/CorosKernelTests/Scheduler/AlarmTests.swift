import CorosKernel
import Testing

@Suite(.timeLimit(.minutes(15))) struct AlarmTests {
  /// Has a bell rung later.
  private struct RingLater: SystemCall {
    let ticks: Tick

    func handle(in kernel: KernelContext) -> Disposition<Alarm> {
      .catching { .reply(try kernel.after(ticks) { $0.wakeAll("bell") }) }
    }
  }

  private struct CallOff: SystemCall {
    let alarm: Alarm

    func handle(in kernel: KernelContext) -> Disposition<Bool> { .reply(kernel.callOff(alarm)) }
  }

  private struct HearBell: SystemCall {
    func handle(in kernel: KernelContext) -> Disposition<Void> { .block(on: .channel("bell")) }
  }

  /// Rings, and has itself rung again.
  private struct Chime: SystemCall {
    func handle(in kernel: KernelContext) -> Disposition<Void> {
      .catching {
        try Self.ring(kernel)
        return .reply(())
      }
    }

    private static func ring(_ kernel: KernelContext) throws {
      kernel.wakeAll("bell")
      try kernel.after(10) { try? ring($0) }
    }
  }

  /// Hears the bell a number of times; a value, so that the machine can be copied.
  private struct Listener: StateMachine {
    var left: Int

    mutating func resume(with resumption: Resumption) -> Trap {
      if case .failure(let error) = resumption { return .threw(error) }
      left -= 1
      return left < 0 ? .returned : .call(HearBell())
    }
  }

  @Test func `what is due later happens, and no task waits for it`() throws {
    let scheduler = Scheduler()
    try scheduler.perform(RingLater(ticks: 10))
    var heard: Tick?
    try scheduler.createTask { os in
      try await os.call(HearBell())
      heard = try await os.getTime()
    }
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(heard == 10)
    #expect(scheduler.brokenInvariants() == [])
  }

  @Test func `deadlines and alarms of one tick come in the order in which they were armed`() throws
  {
    let scheduler = Scheduler()
    let log = EventLog(.waits)
    scheduler.add(log)
    try scheduler.createTask("first") { os in try await os.sleep(9) }
    try scheduler.createTask("hears") { os in try await os.call(HearBell()) }
    try scheduler.createTask("rings") { os in _ = try await os.call(RingLater(ticks: 7)) }
    try scheduler.createTask("last") { os in try await os.sleep(6) }
    #expect(scheduler.runEventLoop() == .allFinished)
    let woken = log.events.filter { if case .woke = $0.action { true } else { false } }
    #expect(woken.map(\.task) == [1, 2, 4])
    #expect(Set(woken.map(\.tick)) == [10])
  }

  @Test func `what is called off never happens, and moves no clock`() throws {
    let scheduler = Scheduler()
    var wasThere: [Bool] = []
    try scheduler.createTask { os in
      let alarm = try await os.call(RingLater(ticks: 1_000))
      wasThere.append(try await os.call(CallOff(alarm: alarm)))
      wasThere.append(try await os.call(CallOff(alarm: alarm)))
      try await os.sleep(5)
    }
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(wasThere == [true, false])
    #expect(scheduler.now == 10)
    #expect(scheduler.brokenInvariants() == [])
  }

  @Test func `an alarm may set the next, and nobody waits for it when all is over`() throws {
    let scheduler = Scheduler()
    try scheduler.perform(Chime())
    try scheduler.createTask(machine: Listener(left: 3))
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(scheduler.now == 31)
    // Another task finds the bell still going.
    try scheduler.createTask(machine: Listener(left: 1))
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(scheduler.now == 41)
  }

  @Test func `checkpoints copy what is due later`() throws {
    let scheduler = Scheduler()
    try scheduler.perform(RingLater(ticks: 10))
    try scheduler.createTask(machine: Listener(left: 1))
    scheduler.run(ticks: 5)
    let checkpoint = try scheduler.checkpoint()
    for _ in 1...2 {
      #expect(scheduler.runEventLoop() == .allFinished)
      #expect(scheduler.now == 11)
      scheduler.restore(checkpoint)
      #expect(scheduler.now == 5)
    }
    // The operator waits as any task does.
    try scheduler.perform(HearBell())
    #expect(scheduler.now == 10)
  }

  @Test func `a time that never comes is refused`() throws {
    let scheduler = Scheduler()
    #expect(throws: SystemCallError.self) { try scheduler.perform(RingLater(ticks: -1)) }
    #expect(throws: SystemCallError.self) { try scheduler.perform(RingLater(ticks: .max)) }
  }
}
