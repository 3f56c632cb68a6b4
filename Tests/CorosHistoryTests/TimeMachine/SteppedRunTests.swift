import CorosKernel
import CorosTestSupport
import Testing

@testable import CorosHistory

@Suite struct SteppedRunTests {
  @Test(arguments: Form.allCases)
  func `a run that depends on nothing outside is the same twice`(_ form: Form) throws {
    let difference = try checkDeterminism {
      let scheduler = Scheduler(policy: Lottery(), seed: 4)
      for _ in 0..<4 { try scheduler.createTask("traveller", form.code(rounds: 30)) }
      return scheduler
    }
    #expect(difference == nil)
  }

  @Test func `the first difference is named`() throws {
    let memory = Notes()
    let difference = try checkDeterminism {
      let scheduler = Scheduler()
      try scheduler.createTask { os in
        try await os.yield()
        memory.add("once more")
        try await os.write("\(memory.lines.count)")
      }
      return scheduler
    }
    #expect(difference?.step == 1)
    #expect(difference?.left?.task == 1)
    #expect(difference?.firstEvents.left?.action == .trapped(Write("1").summary))
    #expect(difference?.firstEvents.right?.action == .trapped(Write("2").summary))
  }

  @Test func `a run that ends earlier differs at its end`() throws {
    func run(_ count: Int) throws -> SteppedRun {
      let scheduler = Scheduler()
      try scheduler.createTask { os in for _ in 0..<count { try await os.yield() } }
      return SteppedRun(scheduler)
    }
    let difference = try #require(try firstDifference(between: run(3), and: run(5)))
    #expect(difference.step == 3)
    #expect(difference.left?.events.contains { $0.action == .exited(.exited(0)) } == true)
    #expect(try firstDifference(between: run(3), and: run(5), steps: 3) == nil)
  }

  @Test func `branches, seeds and policies run beside the machine`() throws {
    let machine = TimeMachine { Scheduler(seed: 1) }
    for _ in 0..<3 {
      try machine.act("spawn") { try $0.createTask("traveller", Form.async.code(rounds: 20)) }
    }
    machine.run(ticks: 15)
    try machine.perform(KillTask(1))
    machine.run()
    let here = picture(machine.scheduler)
    try machine.go(to: 9)
    try machine.perform(KillTask(2))
    machine.run()
    let branches = try [1, 2].map { try #require(machine.steppedRun(branch: $0)) }
    let difference = try #require(try firstDifference(between: branches[0], and: branches[1]))
    #expect(difference.step == 9)
    #expect(difference.right?.events.first?.action == .trapped(KillTask(2).summary))
    let again = try #require(machine.steppedRun(branch: 1))
    while try again.next() != nil {}
    #expect(picture(again.scheduler) == here)
    #expect(machine.steppedRun(branch: 3) == nil)

    func same(_ left: SteppedRun, _ right: SteppedRun) throws -> Bool {
      try firstDifference(between: left, and: right) == nil
    }
    #expect(try same(machine.steppedRun(seed: 5), machine.steppedRun(seed: 5)))
    #expect(try !same(machine.steppedRun(seed: 5), machine.steppedRun(seed: 6)))
    #expect(
      try same(machine.steppedRun(policy: RoundRobin()), #require(machine.steppedRun(branch: 2)))
    )
    #expect(
      try !same(
        machine.steppedRun(policy: FirstInFirstOut()),
        machine.steppedRun(policy: RoundRobin())
      )
    )
    let schedule = machine.steppedRun(schedule: machine.schedule)
    while try schedule.next() != nil {}
    #expect(schedule.scheduler.now == machine.scheduler.now)
  }

  @Test(arguments: PolicyCase.all)
  func `acts come back at their ticks, also where the CPU is idle`(_ policy: PolicyCase) throws {
    for seed in 0..<8 as Range<UInt64> {
      var random = RandomSource(seed: seed)
      let jobs = random.jobs(1...3)
      let machine = TimeMachine { Scheduler(policy: policy.make(), seed: seed) }
      try machine.act("create") { try $0.create(jobs) }
      for _ in 0..<6 {
        machine.run(ticks: random.next(in: 1...9))
        let task = TaskID(rawValue: random.next(in: 1...4))
        switch random.next(below: 4) {
        case 0:
          try machine.act("late") { scheduler in
            let job = TextbookJob(at: scheduler.now, 2, io: 1, lasting: 7)
            try scheduler.create([job])
          }
        case 1: try machine.perform(StopTask(task))
        case 2: try machine.perform(ContinueTask(task))
        default: break
        }
      }
      machine.run()
      func isSame(_ run: SteppedRun) throws -> Bool {
        try firstDifference(between: #require(machine.steppedRun(branch: 1)), and: run) == nil
      }
      #expect(try isSame(machine.steppedRun(policy: policy.make())))
      #expect(try isSame(machine.steppedRun(seed: seed)))
      #expect(try isSame(machine.steppedRun(schedule: machine.schedule)))
      let trial = machine.trial(under: policy.make(), keptStatuses: 0, ticks: .max) { false }
      #expect(trial.refused == [])
      #expect(picture(trial.scheduler) == picture(machine.scheduler))
    }
  }

  @Test func `under another policy an act comes at the same tick, not before the same step`() throws
  {
    let machine = TimeMachine { Scheduler(policy: RoundRobin()) }
    try machine.act("create") {
      try $0.create([TextbookJob(4, io: 1, lasting: 9), TextbookJob(4, io: 2, lasting: 30)])
    }
    machine.run(ticks: 25)
    try machine.perform(KillTask(2))
    machine.run()
    let run = machine.steppedRun(policy: FirstInFirstOut())
    while try run.next() != nil {}
    #expect(run.scheduler.info(2)?.accounting.end == 25)
    #expect(machine.scheduler.info(2)?.accounting.end == 25)
  }
}
