import CorosKernel
import CorosTestSupport
import Testing

@Suite struct OperatorsChoiceTests {
  private let scheduler = Scheduler(policy: OperatorsChoice())

  @Test func `nobody runs until somebody is picked, and then for a tick`() throws {
    try scheduler.create([TextbookJob(3), TextbookJob(2)])
    #expect(scheduler.step() == .stalled(.undecided([1, 2])))
    try scheduler.pick(2)
    #expect(scheduler.readyQueue == [2, 1])
    #expect(scheduler.sortKey(of: 2) == "picked")
    #expect(scheduler.sortKey(of: 1) == "not picked")
    #expect(scheduler.step() == .dispatched(2))
    #expect(scheduler.step() == .stalled(.undecided([1, 2])))
    isWhole(scheduler)
  }

  @Test func `the last pick counts, and goes with its task`() throws {
    try scheduler.create([TextbookJob(3), TextbookJob(2)])
    try scheduler.pick(2)
    try scheduler.pick(1)
    try scheduler.perform(StopTask(1))
    #expect(scheduler.step() == .stalled(.undecided([2])))
    try scheduler.pick(2)
    try scheduler.perform(KillTask(2))
    #expect(scheduler.step() == .stalled(.stopped([1])))
    #expect(throws: SystemCallError.invalidArgument("task 1 is not ready")) {
      try scheduler.pick(1)
    }
    isWhole(scheduler)
  }

  @Test func `it does not wait for a timer while it must be told`() throws {
    try scheduler.create([TextbookJob(1), TextbookJob(at: 9, 1)])
    #expect(scheduler.step() == .stalled(.undecided([1])))
    try scheduler.pick(1)
    #expect(scheduler.step() == .dispatched(1))
    // Nobody is ready: there is nothing to decide before the other arrives.
    #expect(scheduler.step() == .stalled(.undecided([2])))
    #expect(scheduler.now == 9)
  }

  @Test func `a copy of the machine has the pick, too`() throws {
    try scheduler.create([TextbookJob(3), TextbookJob(2)])
    try scheduler.pick(2)
    let checkpoint = try scheduler.checkpoint()
    try scheduler.pick(1)
    scheduler.restore(checkpoint)
    #expect(scheduler.step() == .dispatched(2))
  }
}
