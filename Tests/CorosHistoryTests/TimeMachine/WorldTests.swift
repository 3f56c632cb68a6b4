import CorosHistory
import CorosKernel
import Testing

@Suite(.timeLimit(.minutes(15))) struct WorldTests {
  private struct Park: Equatable {
    var visitors = 0
    var names: [String] = []
  }

  private struct Gate: StateMachine {
    var left: Int

    mutating func resume(with resumption: Resumption) -> Trap {
      if case .failure(let error) = resumption { return .threw(error) }
      left -= 1
      return left < 0 ? .returned : .call(ChangeWorld { (park: inout Park) in park.visitors += 1 })
    }
  }

  private func machine(machines: Bool) throws -> TimeMachine {
    let machine = TimeMachine(world: Park()) { Scheduler() }
    try machine.act("open") { scheduler in
      if machines {
        try scheduler.createTask("gate", machine: Gate(left: 5))
      } else {
        try scheduler.createTask("gate") { os in
          for _ in 1...5 { try await os.withWorld { (park: inout Park) in park.visitors += 1 } }
        }
      }
    }
    return machine
  }

  @Test(arguments: [true, false])
  func `the world is at each moment as it was then`(machines: Bool) throws {
    let machine = try machine(machines: machines)
    #expect(machine.run() == .allFinished)
    for moment in [5, 0, 3, 1, 4, 2] {
      try machine.go(to: moment)
      #expect(machine.world(as: Park.self)?.visitors == moment)
    }
  }

  @Test(arguments: [true, false])
  func `each branch has a world of its own`(machines: Bool) throws {
    let machine = try machine(machines: machines)
    machine.run()
    try machine.go(to: 2)
    let before = try machine.changeWorld("storm") { (park: inout Park) -> Int in
      defer { park = Park(visitors: 100, names: ["wet"]) }
      return park.visitors
    }
    #expect(before == 2)
    machine.run()
    #expect(machine.world() == Park(visitors: 103, names: ["wet"]))
    #expect(machine.branchCount == 2)
    try machine.switch(to: 1)
    #expect(machine.world() == Park(visitors: 5))
    try machine.switch(to: 2)
    #expect(machine.world() == Park(visitors: 103, names: ["wet"]))
    try machine.go(to: 0)
    #expect(machine.world() == Park())
  }

  @Test func `a run beside leaves the world alone`() throws {
    let machine = try machine(machines: false)
    machine.run()
    try machine.go(to: 3)
    #expect(try machine.replay(from: 0, to: 2, for: EventLog())?.now == 2)
    #expect(machine.world(as: Park.self)?.visitors == 3)
  }

  @Test func `a machine without a world of that type says so`() throws {
    let machine = try machine(machines: true)
    #expect(machine.world(as: Int.self) == nil)
    #expect(throws: SystemCallError.self) { try machine.changeWorld("odd") { (_: inout Int) in } }
    let other = TimeMachine { Scheduler() }
    #expect(other.world(as: Park.self) == nil)
    #expect(throws: SystemCallError.noSuchObject) {
      try other.changeWorld("none") { (_: inout Park) in }
    }
  }

  @Test func `the world stands in no listing`() throws {
    let machine = try machine(machines: true)
    #expect(machine.scheduler.objects.isEmpty)
  }
}
