import CorosKernel
import Testing

@Suite(.timeLimit(.minutes(15))) struct SleepUntilTests {
  @Test func `a task goes on at the tick it names`() throws {
    let scheduler = Scheduler()
    var ticks: [Tick] = []
    try scheduler.createTask { os in
      try await os.sleep(untilTick: 7)
      ticks.append(try await os.getTime())
      // It has been, and comes with the end of the step.
      try await os.sleep(untilTick: 3)
      ticks.append(try await os.getTime())
      try await os.sleep(untilTick: 11)
      ticks.append(try await os.getTime())
    }
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(ticks == [7, 9, 11])
  }

  @Test func `a tick that is past counts as a yield`() throws {
    let scheduler = Scheduler(policy: FirstInFirstOut())
    var order: [Int] = []
    for task in 1...2 {
      try scheduler.createTask { os in
        order.append(task)
        try await os.sleep(untilTick: -5)
        order.append(task)
      }
    }
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(order == [1, 2, 1, 2])
  }

  @Test func `a tick that never comes is refused`() throws {
    let scheduler = Scheduler()
    #expect(throws: SystemCallError.self) { try scheduler.perform(SleepUntil(.max)) }
  }
}
