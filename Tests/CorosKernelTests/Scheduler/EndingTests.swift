import CorosKernel
import CorosTestSupport
import Testing

/// A task is never dropped, and an error affects only its own task.
@Suite struct EndingTests {
  private let notes = Notes()

  @Test func `when a scheduler goes away, all its suspended tasks unwind`() throws {
    do {
      let scheduler = Scheduler()
      for (name, call) in [
        ("ready", Yield() as any SystemCall), ("asleep", Sleep(99)), ("waiting", WaitTask(2)),
        ("stopped", StopTask(4)),
      ] {
        try scheduler.createTask(name) { [notes] os in
          defer { notes.add(name) }
          _ = try await os.call(call)
          try await os.sleep(99)
        }
      }
      scheduler.run(ticks: 4)
      try scheduler.createTask("never started") { [notes] _ in notes.add("never") }
    }
    #expect(notes.lines.sorted() == ["asleep", "ready", "stopped", "waiting"])
  }

  @Test func `ending the tasks can be put off, and each unwinds once`() throws {
    let scheduler = Scheduler()
    for number in 1...200 {
      try scheduler.createTask { [notes] os in
        defer { notes.add("\(number)") }
        try await os.sleep(999)
      }
    }
    scheduler.run(ticks: 150)
    // Those that never began have nothing to unwind.
    for (patience, expected) in [(0, 64), (1, 128), (9, 150)] {
      var left = patience
      let isOver = scheduler.endTasksQuietly {
        left -= 1
        return left < 0
      }
      #expect(isOver == (expected == 150))
      #expect(notes.lines == (1...expected).map(String.init))
    }
  }

  @Test func `a body killed deep inside its calls unwinds`() throws {
    var unwound = 0
    func dig(_ depth: Int, _ os: SystemInterface) async throws {
      defer { unwound += 1 }
      if depth > 1 { try await dig(depth - 1, os) } else { try await os.sleep(9) }
    }
    let scheduler = Scheduler()
    let task = try scheduler.createTask { os in try await dig(20_000, os) }
    scheduler.step()
    try scheduler.perform(KillTask(task))
    #expect(unwound == 20_000)
  }

  /// Waits for a task, and creates a child when that ends, before any other task can run.
  private struct Mourn: SystemCall {
    let target: TaskID

    func handle(in kernel: KernelContext) -> Disposition<TaskID> { .block(on: .task(target)) }

    func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<TaskID> {
      do {
        return .reply(try kernel.createTask("heir", .body { os in try await os.yield() }))
      } catch {
        return .fail(error)
      }
    }
  }

  @Test func `shutdown leaves no task, not even those that the end of others would create`()
    throws
  {
    let scheduler = Scheduler()
    try scheduler.createTask("mortal") { os in try await os.sleep(1_000) }
    try scheduler.createTask("mourner") { os in _ = try await os.call(Mourn(target: 1)) }
    scheduler.step()
    scheduler.step()
    #expect(scheduler.shutdown() == 0)
    #expect(scheduler.liveTaskCount == 0)
    #expect(scheduler.info(3) == nil)
    isWhole(scheduler)
    // Afterwards there is room again.
    #expect(try scheduler.createTask("late") { _ in } == 3)
    #expect(run(scheduler) == .allFinished)
  }

  @Test func `shutdown kills all tasks, oldest first, and the scheduler is usable again`() throws {
    let scheduler = Scheduler()
    for name in ["a", "b", "c"] {
      try scheduler.createTask(name) { [notes] os in
        defer { notes.add(name) }
        try await os.waitTask(name == "a" ? 2 : 1)
      }
    }
    scheduler.run(ticks: 3)
    #expect(scheduler.shutdown() == 0)
    #expect(notes.lines == ["a", "b", "c"])
    #expect(scheduler.liveTaskCount == 0)
    isWhole(scheduler)
    #expect(try scheduler.createTask { _ in } == 4)
    #expect(run(scheduler) == .allFinished)
  }

  @Test func `exit runs the defers, and its code stands whatever the body does then`() throws {
    let scheduler = Scheduler()
    let obedient = try scheduler.createTask { [notes] os in
      defer { notes.add("unwound") }
      try await os.exit(3)
      notes.add("not reached")
    }
    let stubborn = try scheduler.createTask { [notes] os in
      do { try await os.exit(4) } catch { notes.add("\(error)") }
      do { try await os.exit(5) } catch { notes.add("\(error)") }
      throw Mishap()
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["unwound", "exiting(4)", "exiting(4)"])
    #expect(scheduler.info(obedient)?.state == .exited(.exited(3)))
    #expect(scheduler.info(stubborn)?.state == .exited(.exited(4)))
  }

  @Test func `the resources of a task are released when it ends`() throws {
    final class Treasure {}
    let scheduler = Scheduler()
    weak var held: Treasure?
    do {
      let treasure = Treasure()
      held = treasure
      try scheduler.createTask { [treasure] os in
        try await os.yield()
        withExtendedLifetime(treasure) {}
      }
    }
    scheduler.step()
    #expect(held != nil)
    #expect(run(scheduler) == .allFinished)
    #expect(held == nil)
  }

  @Test func `tasks can be listed while they end`() throws {
    let scheduler = Scheduler()
    for _ in 1...5 { try scheduler.createTask { os in try await os.yield() } }
    scheduler.step()
    var seen: [TaskID] = []
    for task in scheduler.tasks() {
      seen.append(task.tid)
      try scheduler.perform(KillTask(TaskID(rawValue: task.tid.rawValue + 1)))
      try scheduler.createTask { _ in }
    }
    #expect(seen == [1, 3, 5])
    isWhole(scheduler)
  }

  @Test func `when a parent ends, the operator adopts its children`() throws {
    let scheduler = Scheduler()
    try scheduler.createTask { [notes] os in
      _ = try await os.newTask { os in
        notes.add("\(try await os.getParent())")
        try await os.sleep(5)
        notes.add("\(try await os.getParent())")
      }
      try await os.yield()
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["1", "0"])
    #expect(scheduler.info(2)?.parent == .operator)
    #expect(scheduler.info(2)?.creator == 1)
  }
}
