import CorosKernel
import CorosTestSupport
import Testing

/// Tasks that exist, but have not arrived.
@Suite struct ArrivalTests {
  private let scheduler = Scheduler()
  private let timeline = Timeline()

  init() { scheduler.add(timeline) }

  @Test func `a task created for later is new until its tick`() throws {
    try scheduler.createTask("A", at: 3) { os in try await os.compute(1) }
    #expect(scheduler.info(1)?.state == .new(arriving: 3))
    #expect(scheduler.info(1)?.state.word == "new")
    #expect(scheduler.info(1)?.waitingSince == nil)
    #expect(scheduler.info(1)?.deadline == 3)
    #expect(scheduler.liveTaskCount == 1)
    #expect(scheduler.readyQueue.isEmpty)
    #expect(scheduler.waitQueues.isEmpty)
    isWhole(scheduler)
    #expect(scheduler.run(ticks: 2) == .idle(until: 3))
    #expect(run(scheduler) == .allFinished)
    #expect(timeline.picture == ["A:    ##"])
    #expect(scheduler.idleTicks == 3)
    let accounting = try #require(scheduler.info(1)?.accounting)
    #expect(accounting.creation == 0)
    #expect(accounting.arrival == 3)
    #expect(accounting.response == 0)
    #expect(accounting.turnaround == 2)
    #expect(accounting.absent(now: scheduler.now) == 3)
  }

  @Test func `its code starts with the start`() throws {
    /// Records its first resumption.
    struct First: StateMachine {
      func resume(with resumption: Resumption) -> Trap {
        if case .start = resumption { return .call(Exit(1)) }
        return .call(Exit(2))
      }
    }
    try scheduler.createTask("A", machine: First(), at: 3)
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.info(1)?.state == .exited(.exited(1)))
  }

  @Test func `tasks that arrive in one tick do so in the order of their creation`() throws {
    try scheduler.createTask("A", at: 2) { _ in }
    try scheduler.createTask("B", at: 1) { os in try await os.compute(3) }
    try scheduler.createTask("C", at: 2) { _ in }
    #expect(run(scheduler) == .allFinished)
    #expect(timeline.picture == ["A:   -#", "B:  ##--##", "C:   --#"])
  }

  @Test func `an arrival comes before a sleeper whose timer was armed later`() throws {
    try scheduler.createTask("A") { os in try await os.sleep(2) }
    try scheduler.createTask("B", at: 3) { _ in }
    #expect(run(scheduler) == .allFinished)
    #expect(timeline.picture == ["A: #zz-#", "B:    #"])
  }

  @Test func `it can be killed before it arrives, and then never runs`() throws {
    try scheduler.createTask("A", at: 9) { _ in Issue.record("it ran") }
    try scheduler.createTask("B") { os in try await os.compute(3) }
    scheduler.run(ticks: 2)
    #expect(try scheduler.perform(KillTask(1)))
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.now == 4)
    let accounting = try #require(scheduler.info(1)?.accounting)
    #expect(accounting.neverArrived)
    #expect(accounting.turnaround == nil)
    #expect(accounting.response == nil)
    #expect(accounting.absent(now: scheduler.now) == 2)
  }

  @Test func `it can be awaited, and stopped`() throws {
    try scheduler.createTask("A", at: 4) { _ in }
    try scheduler.createTask("B") { os in
      let status = try await os.waitTask(1)
      #expect(status == .exited(0))
    }
    try scheduler.perform(StopTask(1))
    #expect(scheduler.info(1)?.state == .stopped(waiting: .arrival))
    #expect(run(scheduler) == .stopped([1]))
    #expect(scheduler.now == 4)
    try scheduler.perform(ContinueTask(1))
    #expect(run(scheduler) == .allFinished)
  }

  @Test func `an arrival at the present tick is immediate`() throws {
    try scheduler.createTask("A", at: 0) { _ in }
    #expect(scheduler.info(1)?.state == .ready)
    #expect(scheduler.nextDeadline == nil)
  }

  @Test func `an arrival in the past is refused, and invalid parameters`() throws {
    scheduler.run(ticks: 5)
    try scheduler.createTask { os in try await os.compute(5) }
    scheduler.run(ticks: 3)
    func fault(_ parameters: SchedulingParameters, at tick: Tick? = nil) -> String? {
      do throws(SystemCallError) {
        try scheduler.createTask("X", parameters: parameters, at: tick) { _ in }
        return nil
      } catch { return error.description }
    }
    #expect(fault(.init(), at: 2) == "tick 2 has passed: it is tick 3")
    #expect(fault(.init(), at: .max) == "tick \(Tick.max) never comes")
    #expect(
      fault(.init(tickets: 0)) == "a number of tickets is a whole number from 1 to 1000000, not 0"
    )
    #expect(fault(.init(nice: 20)) == "a nice value is a whole number from -20 to 19, not 20")
    #expect(fault(.init(priority: .max))?.hasPrefix("a priority is a whole number from") == true)
    #expect(fault(.init(length: 0))?.hasPrefix("a length is a whole number from 1 to") == true)
    #expect(scheduler.liveTaskCount == 1)
  }

  @Test func `a copy of the machine contains its new tasks`() throws {
    struct Done: StateMachine {
      func resume(with resumption: Resumption) -> Trap { .returned }
    }
    try scheduler.createTask("A", machine: Done(), parameters: .init(nice: 5), at: 3)
    let checkpoint = try scheduler.checkpoint()
    try scheduler.perform(SetNice(6, of: 1))
    scheduler.runEventLoop()
    scheduler.restore(checkpoint)
    #expect(scheduler.info(1)?.state == .new(arriving: 3))
    #expect(scheduler.info(1)?.parameters.nice == 5)
    #expect(run(scheduler) == .allFinished)
  }
}
