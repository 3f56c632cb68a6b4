import CorosKernel
import CorosSync
import Testing

@testable import CorosInsight

/// Tasks that wait for a lock while tasks of lower priority run.
@Suite(.timeLimit(.minutes(15))) struct InversionLintTests {
  /// G69: low has the bus, high wants it, and middle computes.
  private func inversion(_ policy: any SchedulingPolicy) throws -> LintMachine {
    let machine = LintMachine(policy)
    let bus = try machine.mutex("bus")
    try machine.spawn("low", priority: 1) { os in
      try await os.withLock(bus) { try await os.compute(4) }
    }
    try machine.spawn("middle", priority: 5) { os in
      try await os.sleep(3)
      try await os.compute(20)
    }
    try machine.spawn("high", priority: 9) { os in
      try await os.sleep(2)
      try await os.withLock(bus) {}
    }
    #expect(machine.run() == .allFinished)
    return machine
  }

  @Test func `inversion is told of after ten ticks, once`() throws {
    let machine = try inversion(HighestPriorityFirst())
    #expect(machine.kinds == [.inversion])
    #expect(
      machine.sentences == [
        "task 3 (high) waits for bus, held by task 1 (low), which is ready and does not run: "
          + "task 2 (middle) has a priority between the two"
      ]
    )
    #expect(try inversion(RoundRobin()).kinds == [])
    #expect(try inversion(FirstInFirstOut()).kinds == [])
  }

  @Test func `a policy chosen meanwhile, and priorities set meanwhile, count`() throws {
    let machine = LintMachine()
    let bus = try machine.mutex("bus")
    try machine.spawn("low") { os in try await os.withLock(bus) { try await os.compute(4) } }
    machine.run(ticks: 2)
    machine.scheduler.use(HighestPriorityFirst())
    try machine.spawn("middle", priority: 1) { os in
      _ = try await os.setPriority(5)
      try await os.sleep(5)
      try await os.compute(30)
    }
    try machine.spawn("high", priority: 1) { os in
      _ = try await os.setPriority(9)
      try await os.withLock(bus) {}
    }
    machine.run()
    #expect(machine.kinds == [.inversion])
  }

  @Test func `a holder that sleeps, or is stopped, is no victim of inversion`() throws {
    let machine = LintMachine(HighestPriorityFirst())
    let bus = try machine.mutex("bus")
    try machine.spawn("low", priority: 1) { os in
      try await os.withLock(bus) { try await os.sleep(40) }
    }
    machine.run(ticks: 2)
    try machine.spawn("high", priority: 9) { os in try await os.withLock(bus) {} }
    try machine.spawn("middle", priority: 5) { os in try await os.compute(30) }
    machine.run()
    #expect(machine.kinds == [])
  }
}
