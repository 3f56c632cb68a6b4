import CorosKernel
import CorosTestSupport
import Testing

@Suite struct LimitsTests {
  @Test func `a fork bomb is contained`() throws {
    let scheduler = Scheduler(limits: Limits(tasks: 50))
    let notes = Notes()
    @Sendable func bomb(_ os: SystemInterface, _ notes: Notes) async throws {
      while true {
        do {
          _ = try await os.newTask { os in try await bomb(os, notes) }
        } catch SystemCallError.tooManyTasks(let limit) {
          notes.add("\(limit)")
          throw SystemCallError.tooManyTasks(limit: limit)
        }
      }
    }
    try scheduler.createTask { os in try await bomb(os, notes) }
    var most = 0
    let outcome = scheduler.run {
      most = max(most, $0.liveTaskCount)
      return false
    }
    #expect(outcome == .allFinished)
    #expect(most == 50)
    #expect(notes.lines == Array(repeating: "50", count: 50))
    isWhole(scheduler)
  }

  private struct Verbose: Error, CustomStringConvertible {
    let description = String(repeating: "é", count: 1_000_000)
  }

  @Test func `names and errors of any length are stored in a bounded form`() throws {
    let scheduler = Scheduler()
    let name = String(repeating: "long", count: 100_000)
    try scheduler.createTask(name) { _ in throw Verbose() }
    try scheduler.createTask("short") { _ in throw Mishap() }
    #expect(scheduler.info(1)?.name == name.prefix(Limits.textBytes) + "…")
    #expect(scheduler.info(2)?.name == "short")
    #expect(run(scheduler) == .allFinished)
    let half = String(repeating: "é", count: Limits.textBytes / 2)
    #expect(scheduler.info(1)?.state == .exited(.failed(half + "…")))
    #expect(scheduler.info(1)?.name == name.prefix(Limits.textBytes) + "…")
    #expect(scheduler.info(2)?.state == .exited(.failed("a mishap")))
  }

  @Test func `the limit applies to the operator, too, and an ended task makes room`() throws {
    let scheduler = Scheduler(limits: Limits(tasks: 1))
    try scheduler.createTask { _ in }
    #expect(throws: SystemCallError.tooManyTasks(limit: 1)) { try scheduler.createTask { _ in } }
    #expect(throws: SystemCallError.tooManyTasks(limit: 1)) {
      try scheduler.perform(NewTask { _ in })
    }
    #expect(run(scheduler) == .allFinished)
    #expect(try scheduler.createTask { _ in } == 2)
  }

  @Test func `negative limits count as 0`() {
    let limits = Limits(tasks: -1, keptStatuses: -1, refusals: -1, graceMilliseconds: -1)
    #expect(limits == Limits(tasks: 0, keptStatuses: 0, refusals: 0, graceMilliseconds: 0))
    #expect(throws: SystemCallError.tooManyTasks(limit: 0)) {
      try Scheduler(limits: limits).createTask { _ in }
    }
  }

  @Test(arguments: [0, 1, 3])
  func `the statuses of the last few tasks are kept`(kept: Int) throws {
    let scheduler = Scheduler(limits: Limits(keptStatuses: kept))
    for code in 1...5 { try scheduler.createTask { os in try await os.exit(code) } }
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.endedTaskCount == 5)
    let remembered = scheduler.tasks(includingEnded: true).map(\.tid.rawValue)
    #expect(remembered == Array((1...5).suffix(kept)))
    for tid in 1...5 {
      let status = try scheduler.perform(WaitTask(TaskID(rawValue: tid)))
      #expect(status == (tid > 5 - kept ? .exited(tid) : nil))
    }
  }

  @Test(arguments: [0, 1, 10])
  func `a task that does not end is cut off after a number of refusals`(refusals: Int) throws {
    let scheduler = Scheduler(limits: Limits(refusals: refusals))
    let log = EventLog(.lives)
    scheduler.add(log)
    var attempts = 0
    let stubborn = Stubborn { attempts += 1 }
    let task = try scheduler.createTask(machine: stubborn)
    scheduler.step()
    try scheduler.perform(KillTask(task))
    // The resumption with the error, and one for each refusal.
    #expect(attempts == refusals + 1)
    let ends = log.actions(of: task).dropFirst(2)
    #expect(ends.count { if case .resisted = $0 { true } else { false } } == refusals)
    #expect(ends.suffix(2) == [.gaveUp(after: refusals), .exited(.killed)])
    #expect(run(scheduler) == .allFinished)
  }

  /// Continues as if nothing had happened.
  private struct Stubborn: StateMachine {
    let onError: () -> Void

    mutating func resume(with resumption: Resumption) -> Trap {
      if case .failure = resumption { onError() }
      return .call(Yield())
    }
  }

  @Test func `a body that does not end is cut off, without effect on others`() throws {
    let scheduler = Scheduler(limits: Limits(refusals: 20))
    let log = EventLog(.lives)
    scheduler.add(log)
    let stubborn = try scheduler.createTask { os in while true { try? await os.yield() } }
    let other = try scheduler.createTask { os in try await os.compute(5) }
    scheduler.run(ticks: 2)
    #expect(try scheduler.perform(KillTask(stubborn)))
    #expect(log.actions(of: stubborn).contains(.gaveUp(after: 20)))
    #expect(scheduler.info(stubborn)?.state == .exited(.killed))
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.info(other)?.state == .exited(.exited(0)))
  }
}
