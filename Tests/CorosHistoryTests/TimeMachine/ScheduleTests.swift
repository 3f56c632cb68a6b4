import CorosHistory
import CorosKernel
import CorosTestSupport
import Testing

@Suite struct ScheduleTests {
  private func machine(
    _ form: Form,
    policy: any SchedulingPolicy = RoundRobin(),
    _ log: EventLog = EventLog()
  ) throws -> TimeMachine {
    let machine = TimeMachine { Scheduler(policy: policy, seed: 7) }
    machine.add(log)
    for rounds in [20, 9, 14] {
      try machine.act("spawn") { try $0.createTask("traveller", form.code(rounds: rounds)) }
    }
    return machine
  }

  @Test(arguments: [
    "schedule1@0@rr:quantum=1@", "schedule1@42@fifo@1", "schedule1@7@rr:quantum=2@1x3.2.1-2x40",
    "schedule1@18446744073709551615@mlfq:quanta=2/4,boost=9@12-1-7x2.3",
  ])
  func `the printed form is parsed to the same schedule`(_ text: String) throws {
    let schedule = try Schedule(parsing: " \(text)\n")
    #expect(schedule.description == text)
    #expect(try Schedule(parsing: schedule.description) == schedule)
  }

  @Test func `repetitions are found`() {
    let choices =
      [1] + Array(repeating: [2, 3] as [TaskID], count: 50).flatMap(\.self) + [4, 4, 4]
    let schedule = Schedule(seed: 1, policy: "rr quantum=1", choices: choices)
    #expect(schedule.description == "schedule1@1@rr:quantum=1@1.2-3x50.4x3")
    #expect(Array(schedule.choices) == choices)
    #expect(schedule.count == choices.count)
    for count in [0, 1, 2, 50, 100, 102, 103, 104, 1_000] {
      #expect(Array(schedule.prefix(count).choices) == Array(choices.prefix(count)))
    }
  }

  @Test func `any choices are preserved`() throws {
    var random = RandomSource(seed: 4)
    for length in [0, 1, 5, 100, 1_000] {
      let choices = (0..<length).map { _ in TaskID(rawValue: 1 + random.next(below: 3)) }
      let schedule = Schedule(seed: 0, policy: "lottery", choices: choices)
      #expect(Array(try Schedule(parsing: schedule.description).choices) == choices)
    }
  }

  @Test(arguments: [
    ("", 0), ("hello", 0), ("schedule2@1@rr@1", 0), ("schedule1", 9), ("schedule1@x@rr@1", 10),
    ("schedule1@-1@rr@1", 10), ("schedule1@1@@1", 12), ("schedule1@1@rr", 14),
    ("schedule1@1@rr@1..2", 17), ("schedule1@1@rr@0", 15), ("schedule1@1@rr@1x", 17),
    ("schedule1@1@rr@1x0", 17), ("schedule1@1@rr@1-x3", 17), ("schedule1@1@rr@1.2.z", 19),
    ("schedule1@1@rr@1x99999999999999999999", 17), ("schedule1@1@rr@1-2x9223372036854775807", 15),
    ("schedule1@1@rr@1x9223372036854775807.1", 37), ("schedule1@1@rr@+1", 15),
    ("schedule1@1@rr@1@2", 15),
  ])
  func `an invalid schedule is refused, with the place`(_ text: String, _ offset: Int) {
    let error = #expect(throws: ScheduleError.self) { try Schedule(parsing: text) }
    #expect(error?.offset == offset)
    #expect(error?.hint.isEmpty == false)
  }

  @Test func `every truncated schedule is parsed or refused`() throws {
    let text = "schedule1@42@mlfq:quanta=2/4@1x3.2.1-2x40"
    for end in text.indices { _ = try? Schedule(parsing: String(text[..<end])) }
  }

  @Test(arguments: Form.allCases, 0..<10)
  func `a schedule reproduces its run`(_ form: Form, _ policy: Int) throws {
    let log = EventLog([.output, .lives, .dispatches])
    let machine = try machine(form, policy: policiesToTravelUnder()[policy], log)
    machine.run(ticks: 30)
    try machine.perform(StopTask(2))
    machine.run(ticks: 10)
    try machine.perform(ContinueTask(2))
    machine.run()
    let (story, schedule) = (log.story, machine.schedule)
    let outcome = machine.reschedule(schedule)
    #expect(outcome == .followed)
    #expect(log.story == story)
    #expect(machine.branch == 2)
    #expect(Array(machine.schedule.choices) == Array(schedule.choices))
    // Even after going back.
    let end = picture(machine.scheduler)
    try machine.back(20)
    machine.step()
    machine.run()
    #expect(picture(machine.scheduler) == end)
    #expect(machine.scheduler.brokenInvariants() == [])
  }

  @Test(arguments: PolicyCase.all)
  func `after the beginning of a run it goes on as it did`(_ policy: PolicyCase) throws {
    for seed in 0..<6 as Range<UInt64> {
      var random = RandomSource(seed: seed)
      let jobs = random.jobs()
      let machine = TimeMachine { Scheduler(policy: policy.make(), seed: seed) }
      try machine.act("create") { try $0.create(jobs) }
      machine.run(ticks: random.next(in: 1...20))
      try machine.perform(StopTask(1))
      machine.run(ticks: random.next(in: 1...20))
      try machine.perform(ContinueTask(1))
      // What you did after the beginning is no part of it.
      let shortest = machine.schedule.count
      machine.run()
      let schedule = machine.schedule
      for _ in 0..<4 {
        let beginning = schedule.prefix(random.next(in: shortest...schedule.count))
        try machine.switch(to: 1)
        #expect(machine.reschedule(beginning, then: policy.make()) == .followed)
        machine.run()
        #expect(machine.schedule == schedule)
        #expect(machine.scheduler.brokenInvariants() == [])
      }
    }
  }

  @Test(arguments: PolicyCase.all)
  func `a step that the policy would not choose is made out of turn`(_ policy: PolicyCase) throws {
    let jobs = [TextbookJob(9), TextbookJob(9, io: 2), TextbookJob(at: 3, 9)]
    let machine = TimeMachine { Scheduler(policy: OperatorsChoice()) }
    try machine.act("create") { try $0.create(jobs) }
    let choices = "2x2.1x5.3x2.1.3.1.3.2.1x2.3x5.2x6"
    let odd = try Schedule(parsing: "schedule1@0@rr:quantum=1@\(choices)")
    #expect(machine.reschedule(odd, then: policy.make()) == .followed)
    #expect(Array(machine.schedule.choices) == Array(odd.choices))
    #expect(machine.scheduler.policyDescription == policy.description)
    #expect(machine.scheduler.brokenInvariants() == [])
    let end = picture(machine.scheduler)
    try machine.go(to: 9)
    try machine.go(to: machine.lastMoment)
    #expect(picture(machine.scheduler) == end)
  }

  @Test func `it stops before the first impossible step`() throws {
    let machine = TimeMachine { Scheduler() }
    for name in ["a", "b"] {
      try machine.act("spawn") {
        try $0.createTask(name) { os in
          try await os.yield()
          try await os.sleep(5)
        }
      }
    }
    let wrong = try Schedule(parsing: "schedule1@0@rr:quantum=1@1-2x2.1.2.9.1")
    #expect(
      machine.reschedule(wrong)
        == .stopped(UnplayableStep(step: 6, tick: 10, task: 9, state: nil, ready: []))
    )
    let early = try Schedule(parsing: "schedule1@0@rr:quantum=1@1x3.2")
    // After its second step task 1 sleeps, and task 2 could run.
    #expect(
      machine.reschedule(early)
        == .stopped(
          UnplayableStep(step: 2, tick: 2, task: 1, state: .sleeping(until: 7), ready: [2])
        )
    )
    #expect(machine.scheduler.policyDescription == "manual")
    try machine.pick(2)
    #expect(machine.step() == .dispatched(2))
    #expect(machine.scheduler.brokenInvariants() == [])
  }

  @Test func `an interrupted reschedule keeps its steps so far`() throws {
    let machine = try machine(.machine)
    machine.run()
    let schedule = machine.schedule
    var steps = 0
    let outcome = machine.reschedule(schedule) { _ in
      steps += 1
      return steps == 10
    }
    #expect(outcome == .interrupted)
    #expect(machine.moment == 10)
    #expect(machine.journal.last == .reschedule(schedule.prefix(10)))
  }
}
