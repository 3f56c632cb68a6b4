import CorosKernel
import CorosTestSupport
import Testing

/// The short forms of a trap for `Yield` and `Compute` mean exactly those calls.
@Suite struct TrapTests {
  private struct Machine: StateMachine {
    var traps: [Trap]

    mutating func resume(with resumption: Resumption) -> Trap {
      traps.isEmpty ? .returned : traps.removeFirst()
    }
  }

  private func events(of traps: [Trap]) throws -> [String] {
    let scheduler = Scheduler(policy: RoundRobin(quantum: 3))
    let log = EventLog()
    scheduler.add(log)
    try scheduler.createTask(machine: Machine(traps: traps))
    try scheduler.createTask(machine: Machine(traps: traps))
    #expect(scheduler.run() == .allFinished)
    return log.events.map { "\($0)" }
  }

  @Test func `the short forms give the same events as the calls`() throws {
    let long = try events(of: [.call(Compute()), .call(Yield()), .call(Compute())])
    let short = try events(of: [.compute, .yield, .compute])
    #expect(short == long)
    #expect(long.contains { $0.contains("Yield") } && long.contains { $0.contains("Compute") })
  }

  @Test func `a trap names its call in every form`() {
    #expect(Trap.yield.systemCall is Yield)
    #expect(Trap.compute.systemCall is Compute)
    #expect(Trap.call(GetTid()).systemCall is GetTid)
    #expect(Trap.returned.systemCall == nil)
    #expect(Trap.escaped.systemCall == nil)
  }

  @Test func `an async yield returns the short form`() {
    let coroutine = AsyncCoroutine { os in
      try await os.yield()
      try await os.compute()
      try await os.call(Yield())
    }
    guard case .short(.yield) = coroutine.resume(), case .short(.compute) = coroutine.resume(),
      case .short(.yield) = coroutine.resume(), case .returned = coroutine.resume()
    else {
      Issue.record("not the short forms")
      return
    }
  }
}
