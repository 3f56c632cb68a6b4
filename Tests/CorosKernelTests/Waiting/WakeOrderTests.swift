import CorosKernel
import CorosTestSupport
import Testing

/// Which tasks wake, how often and in which order, when waits end and begin in the same step.
@Suite struct WakeOrderTests {
  /// Waits on a channel, and runs a closure when it is woken.
  private struct Rouse: SystemCall {
    enum Then { case reply, waitAgain, sleep(until: Tick), kill(TaskID), wakeNextAndWaitAgain }
    let then: Then

    func handle(in kernel: KernelContext) -> Disposition<Void> { .block(on: .channel("bell")) }

    func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Void> {
      switch then {
      case .reply: return .reply(())
      case .waitAgain: break
      case .sleep(let tick):
        if case .timedOut = wakeup { return .reply(()) }
        return .block(on: .time, until: tick)
      case .kill(let victim): _ = kernel.kill(victim)
      case .wakeNextAndWaitAgain: kernel.wake("bell")
      }
      return .block(on: .channel("bell"))
    }
  }

  private struct RingForAll: SystemCall {
    func handle(in kernel: KernelContext) -> Disposition<Int> { .reply(kernel.wakeAll("bell")) }
  }

  /// Tasks that wait on the channel, in the order in which they are listed.
  private func waiting(_ waiters: [Rouse.Then]) throws -> (Scheduler, EventLog) {
    let scheduler = Scheduler()
    for then in waiters {
      try scheduler.createTask { os in try await os.call(Rouse(then: then)) }
    }
    for _ in waiters { scheduler.step() }
    let log = EventLog(.waits)
    scheduler.add(log)
    return (scheduler, log)
  }

  private func woken(_ log: EventLog) -> [TaskID] {
    log.events.compactMap { event in
      if case .woke = event.action { event.task } else { nil }
    }
  }

  @Test func `a task that waits again is not woken twice, even if another has gone`() throws {
    let (scheduler, log) = try waiting([.kill(3), .waitAgain, .reply])
    #expect(try scheduler.perform(RingForAll()) == 2)
    #expect(woken(log) == [1, 2])
    #expect(scheduler.waitQueues.map(\.tasks) == [[1, 2]])
    isWhole(scheduler)
  }

  @Test func `a task that another wakes meanwhile is not woken twice`() throws {
    // The first call's reaction is complete before the second one resumes.
    let (scheduler, log) = try waiting([.wakeNextAndWaitAgain, .waitAgain, .waitAgain])
    #expect(try scheduler.perform(RingForAll()) == 2)
    #expect(woken(log) == [1, 2, 3])
    #expect(scheduler.waitQueues.map(\.tasks) == [[1, 2, 3]])
    isWhole(scheduler)
  }

  @Test func `a call that answers its wake-up by killing its own task ends correctly`() throws {
    let (scheduler, _) = try waiting([.kill(1), .reply])
    #expect(try scheduler.perform(RingForAll()) == 2)
    #expect(run(scheduler) == .allFinished)
  }

  @Test func `sleepers with one deadline wake in the order of their timers`() throws {
    // Task 3 waits first, then 1 and 2; all begin to wait in one step.
    let scheduler = Scheduler()
    let log = EventLog(.waits)
    for _ in 1...3 {
      try scheduler.createTask { os in try await os.call(Rouse(then: .sleep(until: 50))) }
    }
    try scheduler.perform(StopTask(1))
    try scheduler.perform(StopTask(2))
    scheduler.step()
    try scheduler.perform(ContinueTask(1))
    scheduler.step()
    try scheduler.perform(ContinueTask(2))
    scheduler.step()
    #expect(try scheduler.perform(RingForAll()) == 3)
    #expect(scheduler.waitQueues.map(\.reason) == [.time])
    #expect(scheduler.waitQueues.map(\.tasks) == [[3, 1, 2]])
    scheduler.add(log)
    #expect(run(scheduler) == .allFinished)
    #expect(woken(log) == [3, 1, 2])
  }
}
