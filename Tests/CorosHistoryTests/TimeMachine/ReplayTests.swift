import CorosKernel
import CorosTestSupport
import Testing

@testable import CorosHistory

/// A replay of the past beside the present.
@Suite struct ReplayTests {
  private func machine(_ form: Form) throws -> (TimeMachine, EventLog) {
    let machine = TimeMachine { Scheduler(policy: Lottery(), seed: 3) }
    let log = EventLog()
    machine.add(log)
    for _ in 0..<3 {
      try machine.act("spawn") { try $0.createTask("traveller", form.code(rounds: 30)) }
    }
    machine.run(ticks: 20)
    try machine.perform(KillTask(2))
    machine.run(ticks: 20)
    return (machine, log)
  }

  @Test(arguments: Form.allCases)
  func `an observer receives all events again, in order, and the present does not change`(
    _ form: Form
  ) throws {
    let (machine, log) = try machine(form)
    let again = EventLog()
    let scheduler = try #require(try machine.replay(for: again))
    #expect(again.events == log.events)
    #expect(picture(scheduler) == picture(machine.scheduler))
    #expect(scheduler !== machine.scheduler && machine.moment == 40)
  }

  @Test(arguments: Form.allCases)
  func `from a moment on, including the acts at it`(_ form: Form) throws {
    let (machine, log) = try machine(form)
    let end = EventLog()
    try machine.replay(from: 20, to: 30, for: end)
    let kill = try #require(log.events.firstIndex { $0.action == .killed(by: .operator) })
    // The operator's call comes before it.
    let expected = log.events[(kill - 1)...].prefix(end.events.count)
    #expect(end.events.map(\.action) == expected.map(\.action))
    #expect(end.events.last?.tick == 29)
  }

  @Test(arguments: Form.allCases)
  func `the machine as it was at a moment`(_ form: Form) throws {
    let (machine, _) = try machine(form)
    let past = try #require(try machine.replay(to: 20))
    try machine.go(to: 20)
    #expect(picture(past) == picture(machine.scheduler))
    #expect(past.info(2)?.state == .exited(.killed))
  }

  @Test func `it can be interrupted`() throws {
    let (machine, _) = try machine(.async)
    #expect(try machine.replay(for: EventLog(), unless: { true }) == nil)
  }
}
