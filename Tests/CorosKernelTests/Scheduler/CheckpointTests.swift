import CorosKernel
import Testing

@Suite struct CheckpointTests {
  /// Counts, computes, sleeps, draws, waits for a child and ends: a bit of everything, as a value.
  private struct Worker: StateMachine {
    let rounds: Int
    var round = 0
    var child: TaskID?

    mutating func resume(with resumption: Resumption) -> Trap {
      if case .failure(let error) = resumption { return .threw(error) }
      if case .reply(let reply) = resumption, let tid = reply as? TaskID { child = tid }
      round += 1
      if round > rounds { return .returned }
      switch round % 6 {
      case 0: return .call(Write("round \(round)"))
      case 1: return .call(Compute())
      case 2: return .call(Sleep(round % 4))
      case 3: return .call(Random(below: 100))
      case 4 where rounds > 6 && child == nil:
        return .call(NewTask("child", machine: Worker(rounds: rounds / 2)))
      case 5:
        if let child { return .call(WaitTask(child)) }
        return .call(Yield())
      default: return .call(Yield())
      }
    }
  }

  private func scheduler() throws -> Scheduler {
    let scheduler = Scheduler(policy: RoundRobin(quantum: 2), seed: 7)
    for rounds in [30, 12, 21] {
      try scheduler.createTask("worker", machine: Worker(rounds: rounds))
    }
    return scheduler
  }

  private func events(
    of scheduler: Scheduler,
    running work: (Scheduler) -> Void = { $0.runEventLoop() }
  ) -> [Event] {
    let log = EventLog(limit: 100_000)
    scheduler.add(log)
    defer { scheduler.remove(log) }
    work(scheduler)
    return log.events
  }

  /// The visible state of a scheduler.
  private func picture(_ scheduler: Scheduler) -> [String] {
    scheduler.tasks(includingEnded: true).map { "\($0)" }
      + ["\(scheduler.now) \(scheduler.idleTicks) \(scheduler.switches)"]
      + ["\(scheduler.readyQueue) \(scheduler.waitQueues)"]
  }

  @Test(arguments: 0...60)
  func `what follows a checkpoint happens again after a restore`(steps: Int) throws {
    let scheduler = try scheduler()
    for _ in 0..<steps { scheduler.step() }
    let before = picture(scheduler)
    let checkpoint = try scheduler.checkpoint()
    // An observer must not affect the numbers of events.
    let first = events(of: scheduler).map { "\($0.tick) \($0.task) \($0.action)" }
    let end = picture(scheduler)
    for _ in 0..<2 {
      scheduler.restore(checkpoint)
      #expect(picture(scheduler) == before)
      #expect(scheduler.brokenInvariants() == [])
      #expect(events(of: scheduler).map { "\($0.tick) \($0.task) \($0.action)" } == first)
      #expect(picture(scheduler) == end)
    }
  }

  @Test func `a copy and its original run on independently`() throws {
    let original = try scheduler()
    for _ in 0..<20 { original.step() }
    let checkpoint = try original.checkpoint()
    let copy = Scheduler()
    copy.restore(checkpoint)

    // Alternately, with one of them disturbed: neither affects the other.
    let undisturbed = try scheduler()
    for _ in 0..<20 { undisturbed.step() }
    try copy.perform(KillTask(1))
    for _ in 0..<400 {
      original.step()
      copy.step()
      undisturbed.step()
      #expect(picture(original) == picture(undisturbed))
      #expect(copy.brokenInvariants() == [])
    }
    #expect(copy.info(1)?.state == .exited(.killed))
    #expect(original.info(1)?.state == .exited(.exited(0)))
  }

  @Test func `async tasks cannot be copied, and are named`() throws {
    let scheduler = try scheduler()
    try scheduler.createTask("async") { os in try await os.yield() }
    let refusal = #expect(throws: NotCopyable.self) { try scheduler.checkpoint() }
    #expect(refusal?.tasks == [4])
    scheduler.runEventLoop()
    _ = try scheduler.checkpoint()
  }

  @Test func `restoring a checkpoint ends async tasks`() throws {
    let checkpoint = try scheduler().checkpoint()
    let scheduler = Scheduler()
    var ended = 0
    for _ in 0..<3 {
      try scheduler.createTask("async") { os in
        defer { ended += 1 }
        while true { try await os.yield() }
      }
    }
    scheduler.run(ticks: 6)
    scheduler.restore(checkpoint)
    #expect(ended == 3)
    #expect(scheduler.runEventLoop() == .allFinished)
  }

  @Test func `waits, timers and the operator's place are copied`() throws {
    let scheduler = Scheduler()
    try scheduler.createTask("sleeper", machine: Sleeper())
    scheduler.step()
    let checkpoint = try scheduler.checkpoint()
    #expect(try scheduler.perform(WaitTask(1)) == .exited(0))
    let end = scheduler.now
    scheduler.restore(checkpoint)
    #expect(scheduler.nextDeadline == 101)
    #expect(try scheduler.perform(WaitTask(1)) == .exited(0))
    #expect(scheduler.now == end)
  }

  private struct Sleeper: StateMachine {
    var hasSlept = false

    mutating func resume(with resumption: Resumption) -> Trap {
      defer { hasSlept = true }
      return hasSlept ? .returned : .call(Sleep(100))
    }
  }
}
