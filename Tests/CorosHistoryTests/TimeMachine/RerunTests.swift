import CorosKernel
import CorosTestSupport
import Testing

@testable import CorosHistory

@Suite struct RerunTests {
  @Test(arguments: Form.allCases)
  func `a run that depends on nothing outside is the same twice`(_ form: Form) throws {
    let parting = try checkDeterminism {
      let scheduler = Scheduler(policy: Lottery(), seed: 4)
      for _ in 0..<4 { try scheduler.createTask("traveller", form.code(rounds: 30)) }
      return scheduler
    }
    #expect(parting == nil)
  }

  @Test func `the first difference is named`() throws {
    let memory = Notes()
    let parting = try checkDeterminism {
      let scheduler = Scheduler()
      try scheduler.createTask { os in
        try await os.yield()
        memory.add("once more")
        try await os.write("\(memory.lines.count)")
      }
      return scheduler
    }
    #expect(parting?.step == 1)
    #expect(parting?.left?.task == 1)
    #expect(parting?.firstDifference.left?.action == .trapped(Write("1").summary))
    #expect(parting?.firstDifference.right?.action == .trapped(Write("2").summary))
  }

  @Test func `a run that ends earlier parts where it ends`() throws {
    func run(_ count: Int) throws -> Rerun {
      let scheduler = Scheduler()
      try scheduler.createTask { os in for _ in 0..<count { try await os.yield() } }
      return Rerun(scheduler)
    }
    let parting = try #require(firstParting(of: try run(3), and: try run(5)))
    #expect(parting.step == 3)
    #expect(parting.left?.happenings.contains { $0.action == .exited(.exited(0)) } == true)
    #expect(firstParting(of: try run(3), and: try run(5), steps: 3) == nil)
  }

  @Test func `branches, seeds and policies are run beside the machine`() throws {
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
    let branches = try [1, 2].map { try #require(machine.rerun(branch: $0)) }
    let parting = try #require(firstParting(of: branches[0], and: branches[1]))
    #expect(parting.step == 9)
    #expect(parting.right?.happenings.first?.action == .trapped(KillTask(2).summary))
    let again = try #require(machine.rerun(branch: 1))
    while again.next() != nil {}
    #expect(picture(again.scheduler) == here)
    #expect(machine.rerun(branch: 3) == nil)

    func same(_ left: Rerun, _ right: Rerun) -> Bool { firstParting(of: left, and: right) == nil }
    #expect(same(machine.rerun(seed: 5), machine.rerun(seed: 5)))
    #expect(!same(machine.rerun(seed: 5), machine.rerun(seed: 6)))
    #expect(same(machine.rerun(policy: RoundRobin()), try #require(machine.rerun(branch: 2))))
    #expect(!same(machine.rerun(policy: FirstInFirstOut()), machine.rerun(policy: RoundRobin())))
    let schedule = machine.rerun(machine.schedule)
    while schedule.next() != nil {}
    #expect(schedule.scheduler.now == machine.scheduler.now)
  }
}
