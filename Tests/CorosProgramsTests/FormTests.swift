import CorosKernel
import CorosPrograms
import Testing

/// Programs that exist in both forms give the same events in both.
@Suite struct FormTests {
  private func events(
    _ name: String,
    _ arguments: [String],
    _ form: Program.Form,
    quantum: Int,
    then order: (Scheduler) throws -> Void = { _ in }
  ) throws -> [Event] {
    let program = try #require(Catalogue.builtIn[name])
    let scheduler = Scheduler(policy: RoundRobin(quantum: quantum))
    let log = EventLog(limit: 100_000)
    scheduler.add(log)
    for _ in 0..<2 {
      try scheduler.createTask(name, program.code(arguments: arguments, form: form))
    }
    for _ in 0..<60 {
      scheduler.step()
      #expect(scheduler.brokenInvariants() == [])
    }
    try order(scheduler)
    return log.events
  }

  @Test(
    arguments: [
      ("count", ["7"]), ("spin", []), ("job", ["13"]), ("job", ["13", "3"]),
      ("proc", ["c6,i,i,c2"]), ("babble", ["5"]),
    ],
    [1, 3]
  )
  func `both forms give the same events`(program: (String, [String]), quantum: Int) throws {
    let asyncEvents = try events(program.0, program.1, .async, quantum: quantum)
    let machineEvents = try events(program.0, program.1, .machine, quantum: quantum)
    #expect(asyncEvents == machineEvents)
    #expect(asyncEvents.count > 20)
  }

  @Test func `both forms end in the same way when killed`() throws {
    let kill: (Scheduler) throws -> Void = { scheduler in
      _ = try scheduler.perform(KillTask(1))
      _ = try scheduler.perform(StopTask(2))
    }
    #expect(
      try events("spin", [], .async, quantum: 2, then: kill)
        == events("spin", [], .machine, quantum: 2, then: kill)
    )
  }

  @Test func `the list of programs in both forms is complete`() {
    let both = Catalogue.builtIn.programs.filter { $0.forms.contains(.machine) }.map(\.name)
    #expect(both.sorted() == ["babble", "count", "job", "proc", "spin"])
  }

  @Test func `a missing form is refused`() throws {
    let hello = try #require(Catalogue.builtIn["hello"])
    #expect(throws: ProgramArgumentError.self) { try hello.code(arguments: [], form: .machine) }
  }
}
