import CorosHistory
import CorosKernel
import CorosTestSupport
import Testing

/// A replay that differs from the recorded run is never hidden.
@Suite struct DivergenceTests {
  /// A task that yields in the first run and sleeps in each later one, beside one that always yields.
  private func moodyMachine() throws -> TimeMachine {
    let machine = TimeMachine { Scheduler() }
    let tally = Notes()
    try machine.act("spawn") {
      tally.add("made")
      let isFirst = tally.lines.count == 1
      try $0.createTask("moody") { os in
        for _ in 0..<20 { if isFirst { try await os.yield() } else { try await os.sleep(2) } }
      }
      try $0.createTask("other") { os in for _ in 0..<20 { try await os.yield() } }
    }
    machine.run()
    #expect(machine.moment == 42)
    return machine
  }

  @Test func `going back is refused, and nothing changes`() throws {
    let machine = try moodyMachine()
    let before = picture(machine.scheduler)
    let error = #expect(throws: Divergence.self) { try machine.back(3) }
    #expect(error?.moment == 3)
    #expect(error?.expected == "task 1")
    #expect(error?.found == "task 2")
    #expect(picture(machine.scheduler) == before)
    #expect(machine.ahead == 0)
  }

  @Test func `a branch that cannot be replayed says so, step by step`() throws {
    let machine = try moodyMachine()
    let run = try #require(machine.steppedRun(branch: 1))
    for _ in 0..<2 { #expect(try run.next() != nil) }
    let error = #expect(throws: Divergence.self) { try run.next() }
    #expect(error?.tick == 3)
    #expect(throws: Divergence.self) {
      try firstDifference(
        between: #require(machine.steppedRun(branch: 1)),
        and: #require(machine.steppedRun(branch: 1))
      )
    }
  }

  @Test func `an observer of a replay is told`() throws {
    let machine = try moodyMachine()
    #expect(throws: Divergence.self) { try machine.replay(for: EventLog()) }
  }

  @Test func `a run backward is refused`() throws {
    let machine = try moodyMachine()
    machine.breakpoints.add(.runs(1))
    #expect(throws: Divergence.self) { try machine.runBack() }
    #expect(machine.moment == 42)
  }

  /// Fails from its second run on.
  private struct Fragile: SystemCall {
    let tally: Notes

    func handle(in kernel: KernelContext) -> Disposition<Void> {
      tally.add("called")
      return tally.lines.count == 1 ? .reply(()) : .fail(Broken())
    }
  }

  private struct Broken: Error, CustomStringConvertible {
    let description = "broken"
  }

  @Test func `a call of the operator that fails only in the replay is noticed`() throws {
    let machine = TimeMachine { Scheduler() }
    try machine.act("spawn") {
      try $0.createTask { os in for _ in 0..<9 { try await os.yield() } }
    }
    machine.run(ticks: 3)
    try machine.perform(Fragile(tally: Notes()))
    machine.run(ticks: 3)
    let error = #expect(throws: Divergence.self) { try machine.go(to: 5) }
    #expect(error?.moment == 3)
    #expect(error?.expected == "`Fragile`")
    #expect(error?.found == "`Fragile` failing: broken")
  }

  @Test func `a call that failed may fail again`() throws {
    let machine = TimeMachine { Scheduler() }
    try machine.act("spawn") {
      try $0.createTask { os in for _ in 0..<9 { try await os.yield() } }
    }
    machine.run(ticks: 3)
    #expect(throws: SystemCallError.self) { try machine.perform(WaitTask(.operator)) }
    machine.run(ticks: 3)
    try machine.go(to: 5)
    #expect(machine.moment == 5)
  }

  @Test func `steps along a recorded future report that it cannot be replayed`() throws {
    let machine = TimeMachine { Scheduler() }
    let tally = Notes()
    try machine.act("spawn") {
      try $0.createTask("moody") { os in
        for _ in 0..<4 { try await os.yield() }
        tally.add("ran")
        if tally.lines.count == 1 { try await os.yield() }
      }
    }
    machine.run()
    #expect(machine.divergence == nil)
    try machine.go(to: 2)
    #expect(machine.run() == .allFinished)
    #expect(machine.divergence?.moment == 5)
    #expect(machine.branchList.count == 2)
    try machine.go(to: 0)
    machine.step()
    #expect(machine.divergence == nil)
  }

  @Test func `an act that is impossible under other choices ends a reschedule`() throws {
    let machine = TimeMachine { Scheduler(limits: Limits(tasks: 2)) }
    try machine.act("spawn") {
      try $0.createTask("short") { _ in }
      try $0.createTask("long") { os in for _ in 0..<9 { try await os.yield() } }
    }
    machine.run(ticks: 3)
    try machine.act("another") { try $0.createTask("another") { _ in } }
    machine.run()
    #expect(machine.reschedule(machine.schedule) == .followed)
    // The short task is still alive at the act.
    let schedule = try Schedule(parsing: "schedule1@0@rr:quantum=1@2x10.1.3")
    let refusal = RefusedAct(
      label: "another",
      reason: SystemCallError.tooManyTasks(limit: 2).description
    )
    #expect(machine.reschedule(schedule) == .refused(refusal))
    #expect(machine.schedule.description.hasSuffix("@2x3"))
    #expect(machine.scheduler.brokenInvariants() == [])

    try machine.switch(to: 1)
    let run = machine.steppedRun(schedule: schedule)
    while try run.next() != nil {}
    #expect(run.refusedActs == [refusal])
  }

  @Test func `a call that would wait under other choices does not wait`() throws {
    let machine = TimeMachine { Scheduler() }
    try machine.act("spawn") {
      try $0.createTask("short") { os in try await os.yield() }
      try $0.createTask("long") { os in for _ in 0..<9 { try await os.yield() } }
    }
    machine.run(ticks: 5)
    #expect(try machine.perform(WaitTask(1)) == .exited(0))
    machine.run()
    let schedule = try Schedule(parsing: "schedule1@0@rr:quantum=1@2x6.1x2.2x4")
    #expect(machine.reschedule(schedule) == .followed)
    #expect(machine.scheduler.brokenInvariants() == [])
    let end = picture(machine.scheduler)
    try machine.go(to: 2)
    try machine.go(to: machine.lastMoment)
    #expect(picture(machine.scheduler) == end)
  }
}
