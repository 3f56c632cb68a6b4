import CorosTestSupport
import Testing

@testable import CorosKernel

@Suite struct OutcomeTests {
  private let scheduler = Scheduler()

  @Test func `without tasks all is finished`() {
    #expect(scheduler.step() == .stalled(.allFinished))
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(scheduler.now == 0)
  }

  @Test func `a limit stops the run after a number of ticks`() throws {
    try scheduler.createTask { os in while true { try await os.yield() } }
    #expect(scheduler.run(ticks: 7) == .limitReached)
    #expect(scheduler.now == 7)
    #expect(scheduler.run(ticks: 0) == .limitReached)
    #expect(scheduler.run(ticks: -4) == .limitReached)
    #expect(scheduler.now == 7)
  }

  @Test func `a condition stops the run after the step that makes it true`() throws {
    try scheduler.createTask { os in while true { try await os.yield() } }
    #expect(scheduler.run { $0.now >= 4 } == .conditionMet)
    #expect(scheduler.now == 4)
  }

  @Test func `a limit within an idle time stops the clock there`() throws {
    try scheduler.createTask { os in try await os.sleep(100) }
    #expect(scheduler.run(ticks: 10) == .idle(until: 101))
    #expect(scheduler.now == 10)
    #expect(scheduler.run(ticks: 10) == .idle(until: 101))
    #expect(scheduler.now == 20)
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(scheduler.now == 102)
    #expect(scheduler.idleTicks == 100)
  }

  @Test func `a limit at the tick of a timer ends the run before the timer expires`() throws {
    try scheduler.createTask { os in try await os.sleep(4) }
    #expect(scheduler.run(ticks: 5) == .limitReached)
    #expect(scheduler.now == 5)
    #expect(scheduler.info(1)?.accounting.dispatches == 1)
  }

  @Test func `tasks that wait for ever are a deadlock, with the waits`() throws {
    try scheduler.createTask("one") { os in try await os.waitTask(2) }
    try scheduler.createTask("two") { os in try await os.waitTask(1) }
    let blocked = [
      BlockedTask(tid: 1, name: "one", reason: .task(2)),
      BlockedTask(tid: 2, name: "two", reason: .task(1)),
    ]
    guard case .deadlock(let deadlock) = run(scheduler) else {
      Issue.record("no deadlock")
      return
    }
    #expect(deadlock.blocked == blocked)
    #expect(deadlock.circles == [[1, 2]])
    try scheduler.perform(KillTask(1))
    #expect(run(scheduler) == .allFinished)
  }

  /// Each task waits for the one named by its entry; nil waits for a child that never ends.
  private func deadlock(_ targets: [Int?]) throws -> Deadlock? {
    let scheduler = Scheduler()
    for target in targets {
      try scheduler.createTask { os in
        if let target {
          try await os.waitTask(TaskID(rawValue: target))
        } else {
          try await os.call(Forever())
        }
      }
    }
    guard case .deadlock(let deadlock) = run(scheduler) else { return nil }
    return deadlock
  }

  private struct Forever: SystemCall {
    func handle(in kernel: KernelContext) -> Disposition<Void> { .block(on: .channel("never")) }
  }

  @Test(
    arguments: [
      ([nil], []),
      ([2, nil], []),
      ([2, 1], [[1, 2]]),
      ([3, 1, 2], [[1, 3, 2]]),
      // Tails that lead into a circle are not part of it, whether older or younger.
      ([2, 3, 2], [[2, 3]]),
      ([2, 3, 4, 5, 3], [[3, 4, 5]]),
      ([4, 4, 4, 5, 4], [[4, 5]]),
      // Several circles, in the order of their oldest tasks, each beginning with its oldest.
      ([6, 5, 4, 3, 2, 1], [[1, 6], [2, 5], [3, 4]]),
      ([3, 4, 5, 2, 1, 2, 5, nil, 8], [[1, 3, 5], [2, 4]]),
    ] as [([Int?], [[Int]])]
  )
  func `circles are found, and tails are left out`(targets: [Int?], circles: [[Int]]) throws {
    let found = try #require(try deadlock(targets))
    #expect(found.circles.map { $0.map(\.rawValue) } == circles)
    #expect(found.blocked.count == targets.count)
  }

  @Test func `a circle of very many tasks is found`() throws {
    let count = 20_000
    let blocked = (1...count).map {
      BlockedTask(
        tid: TaskID(rawValue: $0),
        name: "",
        reason: .task(TaskID(rawValue: $0 % count + 1))
      )
    }
    let deadlock = Deadlock(blocked: blocked)
    #expect(deadlock.circles.map(\.count) == [count])
    #expect(deadlock.circles.first?.first == 1)
  }

  @Test func `stopped tasks are named if nothing else can run`() throws {
    try scheduler.createTask { os in try await os.yield() }
    try scheduler.createTask { os in try await os.waitTask(1) }
    try scheduler.perform(StopTask(1))
    #expect(run(scheduler) == .stopped([1]))
    try scheduler.perform(ContinueTask(1))
    #expect(run(scheduler) == .allFinished)
  }
}
