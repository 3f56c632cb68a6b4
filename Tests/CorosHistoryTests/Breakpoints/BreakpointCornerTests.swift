import CorosHistory
import CorosKernel
import Testing

/// Breakpoints when several things happen in one move.
@Suite struct BreakpointCornerTests {
  @Test func `a task is known by its name even if it is forgotten at once`() throws {
    for keptStatuses in [0, 10] {
      let machine = TimeMachine { Scheduler(limits: Limits(keptStatuses: keptStatuses)) }
      try machine.act("spawn") { scheduler in
        try scheduler.createTask("parent") { os in
          try await os.killTask(try await os.newTask("victim") { os in try await os.sleep(9) })
          for _ in 1...2 { _ = try await os.newTask("child") { _ in } }
        }
      }
      machine.breakpoints.add(.killed("victim"))
      machine.breakpoints.add(.ends("victim"))
      machine.breakpoints.add(.ends("child"))
      machine.breakpoints.add(.runs("child"))
      var forth: [String] = []
      while case .breakpoint = machine.run(), let stop = machine.stop {
        forth += stop.hits.map { "\($0.breakpoint) at \($0.tick): task \($0.task)" }
      }
      #expect(
        forth.sorted()
          == [
            "1 at 2: task 2", "2 at 2: task 2", "3 at 4: task 3", "3 at 6: task 4",
            "4 at 4: task 3", "4 at 6: task 4",
          ].sorted(),
        "\(keptStatuses) kept"
      )
      var back: [String] = []
      while case .breakpoint(let stop) = try machine.runBack() {
        back += stop.hits.map { "\($0.breakpoint) at \($0.tick): task \($0.task)" }
      }
      #expect(back.sorted() == forth.sorted())
    }
  }

  @Test func `a call made by a run's condition does not remove a stop`() throws {
    let machine = TimeMachine { Scheduler() }
    try machine.act("spawn") { try $0.createTask { os in while true { try await os.yield() } } }
    machine.breakpoints.add(.tick(5), isTemporary: true)
    let outcome = machine.run(ticks: 20) { _ in
      _ = try? machine.perform(GetTime())
      return false
    }
    #expect(outcome == .breakpoint)
    #expect(machine.stop?.tick == 5)
  }

  @Test func `a picked task that has not run is not preempted by the next pick`() throws {
    let scheduler = Scheduler()
    for _ in 1...3 {
      try scheduler.createTask { os in
        try await os.yield()
        try await os.sleep(100)
      }
    }
    try scheduler.pick(2)
    try scheduler.pick(3)
    scheduler.run(ticks: 10)
    #expect(scheduler.preemptions == 0)
    #expect(scheduler.brokenInvariants() == [])
  }
}
