import CorosKernel
import Testing

@Suite struct SetParametersTests {
  private let scheduler = Scheduler()

  @Test func `a task sets its own parameters, and those of another`() throws {
    try scheduler.createTask { os in
      var replies = [try await os.setPriority(5), try await os.setTickets(7)]
      replies += [try await os.setNice(-3), try await os.setNice(4, of: 2)]
      replies.append(try await os.setNice(4, of: 99))
      #expect(replies == [true, true, true, true, false])
    }
    try scheduler.createTask(parameters: .init(length: 9)) { os in try await os.compute(8) }
    #expect(run(scheduler) == .allFinished)
    #expect(
      scheduler.info(1)?.parameters == SchedulingParameters(priority: 5, tickets: 7, nice: -3)
    )
    #expect(scheduler.info(2)?.parameters == SchedulingParameters(nice: 4, length: 9))
  }

  @Test func `the operator sets those of a task, but has none itself`() throws {
    try scheduler.createTask { _ in }
    #expect(try scheduler.perform(SetTickets(3, of: 1)))
    #expect(scheduler.info(1)?.parameters.tickets == 3)
    #expect(try scheduler.perform(SetTickets(3, of: 2)) == false)
    #expect(throws: SystemCallError.onlyForTasks(call: "SetNice")) {
      try scheduler.perform(SetNice(3))
    }
    #expect(throws: SystemCallError.onlyForTasks(call: "SetPriority")) {
      try scheduler.perform(SetPriority(3, of: .operator))
    }
  }

  @Test func `a value out of its range is refused and changes nothing`() throws {
    try scheduler.createTask { _ in }
    for call in [SetNice(-21, of: 1), SetNice(20, of: 1)] {
      #expect(throws: SystemCallError.self) { try scheduler.perform(call) }
    }
    #expect(throws: SystemCallError.self) { try scheduler.perform(SetTickets(0, of: 1)) }
    #expect(throws: SystemCallError.self) { try scheduler.perform(SetPriority(.min, of: 1)) }
    #expect(scheduler.info(1)?.parameters == SchedulingParameters())
  }

  @Test func `the arguments in a trace`() {
    let log = EventLog(.calls)
    scheduler.add(log)
    _ = try? scheduler.perform(SetNice(5, of: 3))
    _ = try? scheduler.perform(SetNice(6))
    let calls = log.events.compactMap {
      if case .trapped(let call) = $0.action { call.description } else { nil }
    }
    #expect(calls == ["SetNice(5, task 3)", "SetNice(6)"])
  }
}
