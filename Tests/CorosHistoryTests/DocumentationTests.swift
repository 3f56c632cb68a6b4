import CorosHistory
import CorosKernel
import Testing

// The promises of the documentation about time travel and breakpoints.

@Suite struct TimeTravelDocumentationTests {
  @Test func `back, forward, and to another future`() throws {
    let machine = TimeMachine { Scheduler() }
    let log = EventLog(.output)
    machine.add(log)
    try machine.act("spawn") { scheduler in
      try scheduler.createTask("counter") { os in
        for number in 1...3 { try await os.write("\(number)") }
      }
    }
    machine.run()
    try machine.back(3)
    #expect((machine.scheduler.now, machine.ahead, log.events.count) == (1, 3, 1))
    print(machine.scheduler.now, machine.ahead, log.events.count)
    machine.step()
    #expect(log.events.count == 2)
    try machine.perform(KillTask(1))
    try machine.switch(to: 1)
    #expect(log.events.count == 3)
    #expect(machine.scheduler.liveTaskCount == 0)
    let word = machine.schedule.description
    #expect(word == "schedule1@0@rr:quantum=1@1x4")
    let outcome = machine.reschedule(try Schedule(parsing: word))
    #expect(outcome == .followed)
  }

  @Test func `a world that travels`() throws {
    struct Park {
      var visitors = 0
    }
    let machine = TimeMachine(world: Park()) { Scheduler() }
    try machine.act("open") { scheduler in
      try scheduler.createTask("gate") { os in
        for _ in 1...3 { try await os.withWorld { (park: inout Park) in park.visitors += 1 } }
      }
    }
    machine.run()
    try machine.go(to: 2)
    #expect(machine.world(as: Park.self)?.visitors == 2)
    print(machine.world(as: Park.self)?.visitors ?? 0)
    try machine.changeWorld("close") { (park: inout Park) in park.visitors = 0 }
    #expect(machine.world(as: Park.self)?.visitors == 0)
    try machine.switch(to: 1)
    #expect(machine.world(as: Park.self)?.visitors == 3)
  }

  @Test func `to an event, and back`() throws {
    let machine = TimeMachine { Scheduler() }
    try machine.act("spawn") { scheduler in
      for name in ["ping", "pong"] {
        try scheduler.createTask(name) { os in
          for number in 1...3 {
            try await os.sleep(number)
            try await os.write("\(name) \(number)")
          }
        }
      }
    }
    machine.breakpoints.add(.writes("pong 2"))
    machine.breakpoints.add(.changes { "\($0.liveTaskCount)" }, ignoreCount: 1)
    while case .breakpoint = machine.run(), let stop = machine.stop {
      for hit in stop.hits { print(hit.breakpoint, hit.tick, hit.cause) }
    }
    #expect(machine.breakpoints.all.map(\.hits) == [1, 2])
    try machine.runBack()
    #expect(machine.stop?.hits.map(\.cause) == [.changed(from: "2", to: "1")])
  }

  @Test func `the same result twice`() throws {
    let difference = try checkDeterminism {
      let scheduler = Scheduler(seed: 42)
      try scheduler.createTask { os in
        try await os.write("\(try await os.random(below: 6))")
      }
      return scheduler
    }
    #expect(difference == nil)
  }
}
