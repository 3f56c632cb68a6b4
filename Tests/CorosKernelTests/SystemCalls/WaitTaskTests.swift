import CorosKernel
import CorosTestSupport
import Testing

@Suite struct WaitTaskTests {
  private let scheduler = Scheduler()
  private let notes = Notes()

  private func wait(for target: TaskID, timeout: Tick? = nil, _ name: String = "") throws {
    try scheduler.createTask("waiter") { [notes] os in
      do {
        let status = try await os.waitTask(target, timeout: timeout)
        notes.add(name + (status.map(\.description) ?? "none"))
      } catch {
        notes.add(name + "\(error)")
      }
    }
  }

  @Test func `the reply is how the task ended`() throws {
    let well = try scheduler.createTask { os in try await os.yield() }
    let code = try scheduler.createTask { os in try await os.exit(3) }
    let failed = try scheduler.createTask { _ in throw Mishap() }
    for target in [well, code, failed] { try wait(for: target) }
    #expect(run(scheduler) == .allFinished)
    #expect(Set(notes.lines) == ["exited 0", "exited 3", "failed: a mishap"])
  }

  @Test func `a wait for an ended task is answered at once`() throws {
    let target = try scheduler.createTask { os in try await os.exit(4) }
    #expect(run(scheduler) == .allFinished)
    try wait(for: target)
    #expect(scheduler.step() == .dispatched(2))
    #expect(scheduler.info(2)?.state == .ready)
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["exited 4"])
  }

  @Test(arguments: [0, 99, -3, Int.min, Int.max])
  func `a task that never existed has no status`(id: Int) throws {
    try wait(for: TaskID(rawValue: id))
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["none"])
  }

  @Test func `a forgotten task has no status`() throws {
    let scheduler = Scheduler(limits: Limits(keptStatuses: 2))
    for _ in 1...3 { try scheduler.createTask { _ in } }
    #expect(run(scheduler) == .allFinished)
    #expect(try scheduler.perform(WaitTask(1)) == nil)
    #expect(try scheduler.perform(WaitTask(2)) == .exited(0))
    #expect(scheduler.info(1) == nil)
  }

  @Test func `waiting for yourself is refused`() throws {
    try wait(for: 1)
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["task 1 cannot wait for itself: it would wait for ever"])
    #expect(throws: SystemCallError.waitsForItself(.operator)) {
      try scheduler.perform(WaitTask(.operator))
    }
  }

  @Test func `waiters wake in the order in which they began to wait`() throws {
    let target = try scheduler.createTask { os in try await os.compute(8) }
    for name in ["a ", "b ", "c "] { try wait(for: target, name) }
    scheduler.run(ticks: 4)
    #expect(scheduler.info(target)?.waiters == [2, 3, 4])
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["a exited 0", "b exited 0", "c exited 0"])
  }

  @Test func `a waiter killed in the middle keeps the order of the others`() throws {
    let target = try scheduler.createTask { os in try await os.compute(8) }
    for name in ["a ", "b ", "c "] { try wait(for: target, name) }
    scheduler.run(ticks: 4)
    try scheduler.perform(KillTask(3))
    #expect(scheduler.info(target)?.waiters == [2, 4])
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["b killed", "a exited 0", "c exited 0"])
  }

  @Test func `a timeout counts from the end of the caller's step`() throws {
    let target = try scheduler.createTask { os in try await os.sleep(1_000) }
    try wait(for: target, timeout: 10)
    scheduler.run(ticks: 2)
    #expect(scheduler.info(2)?.deadline == 12)
    #expect(scheduler.step() == .dispatched(2))
    #expect(scheduler.now == 13)
    #expect(notes.lines == ["timed out"])
    #expect(scheduler.info(target)?.waiters == [])
    #expect(run(scheduler) == .allFinished)
  }

  @Test func `a timeout of 0 expires before anything else runs`() throws {
    let target = try scheduler.createTask { os in try await os.yield() }
    try wait(for: target, timeout: 0)
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["timed out"])
  }

  @Test func `an end in the last tick before the deadline is in time`() throws {
    let target = try scheduler.createTask { os in try await os.sleep(5) }
    try wait(for: target, timeout: 6)
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["exited 0"])
    #expect(scheduler.nextDeadline == nil)
  }

  @Test func `a timeout that is negative or never expires is refused`() throws {
    try scheduler.createTask { os in try await os.sleep(50) }
    try wait(for: 1, timeout: -1)
    try wait(for: 1, timeout: .max)
    try wait(for: 1, timeout: .max - 3)
    #expect(run(scheduler) == .allFinished)
    #expect(
      notes.lines == [
        "a time cannot be negative: -1",
        "a time of \(Tick.max) ticks never comes",
        "a time of \(Tick.max - 3) ticks never comes",
      ]
    )
  }
}
