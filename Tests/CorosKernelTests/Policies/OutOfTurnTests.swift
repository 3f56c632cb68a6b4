import CorosKernel
import CorosTestSupport
import Testing

/// A task that the operator picks under a policy that does its own choosing.
@Suite struct OutOfTurnTests {
  private func scheduler(_ policy: any SchedulingPolicy, _ lengths: [Int]) throws -> Scheduler {
    let scheduler = Scheduler(policy: policy)
    for length in lengths {
      try scheduler.createTask("job") { os in for _ in 0..<length { try await os.compute() } }
    }
    return scheduler
  }

  @Test func `it runs next for a tick, and the others keep their order`() throws {
    let scheduler = try scheduler(RoundRobin(), [9, 9, 9])
    try scheduler.pick(3)
    #expect(scheduler.sliceHolder?.tid == 3)
    #expect(scheduler.readyQueue == [1, 2])
    #expect(scheduler.step() == .dispatched(3))
    #expect(scheduler.readyQueue == [1, 2, 3])
  }

  @Test func `whoever keeps the CPU makes way, and loses what was left of its slice`() throws {
    let scheduler = try scheduler(RoundRobin(quantum: 5), [9, 9, 9])
    scheduler.step()
    try scheduler.pick(2)
    #expect(scheduler.readyQueue == [3, 1])
    #expect(scheduler.step() == .dispatched(2))
    #expect(scheduler.preemptions == 1)
    #expect(scheduler.step() == .dispatched(3))
  }

  @Test func `a second pick takes the place of the first, and a kill takes it away`() throws {
    let scheduler = try scheduler(FirstInFirstOut(), [9, 9, 9])
    try scheduler.pick(2)
    try scheduler.pick(3)
    #expect(scheduler.sliceHolder?.tid == 3)
    #expect(scheduler.readyQueue == [1, 2])
    #expect(try scheduler.perform(KillTask(3)))
    #expect(scheduler.sliceHolder == nil)
    #expect(scheduler.step() == .dispatched(1))
  }

  @Test func `only who is ready can be picked`() throws {
    let scheduler = try scheduler(RoundRobin(), [9])
    try scheduler.createTask("sleeper") { os in try await os.sleep(5) }
    scheduler.step()
    scheduler.step()
    #expect(throws: SystemCallError.invalidArgument("task 2 is not ready")) {
      try scheduler.pick(2)
    }
    #expect(throws: SystemCallError.self) { try scheduler.pick(7) }
  }

  @Test(arguments: PolicyCase.all)
  func `under each policy the last in the queue can go first, and all is done`(
    _ policy: PolicyCase
  ) throws {
    let scheduler = try scheduler(policy.make(), [5, 8, 3, 6])
    var picks = 0
    while scheduler.liveTaskCount > 0 {
      if scheduler.now % 2 == 0, let last = scheduler.readyQueue.last {
        try scheduler.pick(last)
        picks += 1
        #expect(scheduler.sortKey(of: last) == nil)
        #expect(scheduler.step() == .dispatched(last))
      } else {
        scheduler.step()
      }
      #expect(scheduler.brokenInvariants() == [])
    }
    #expect(picks > 5)
    // One tick each to return.
    #expect(scheduler.now == 5 + 8 + 3 + 6 + 4)
  }
}
