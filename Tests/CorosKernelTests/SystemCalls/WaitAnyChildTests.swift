import CorosKernel
import CorosTestSupport
import Testing

@Suite struct WaitAnyChildTests {
  private let notes = Notes()

  private func parent(
    limits: Limits = Limits(),
    _ body: @escaping TaskBody
  ) throws -> Scheduler {
    let scheduler = Scheduler(limits: limits)
    try scheduler.createTask("parent") { [notes] os in
      do {
        try await body(os)
      } catch {
        notes.add("\(error)")
      }
    }
    return scheduler
  }

  @Test func `children are reported in the order of their ends, each once`() throws {
    let scheduler = try parent { [notes] os in
      for nap in [30, 10, 20] {
        _ = try await os.newTask { os in
          try await os.sleep(nap)
          try await os.exit(nap)
        }
      }
      while true { notes.add("\(try await os.waitAnyChild())") }
    }
    #expect(run(scheduler) == .allFinished)
    #expect(
      notes.lines == [
        "task 3: exited 10", "task 4: exited 20", "task 2: exited 30",
        "task 1 has no child to wait for",
      ]
    )
  }

  @Test func `a killed child is reported as one that ended`() throws {
    let scheduler = try parent { [notes] os in
      for _ in 1...2 { _ = try await os.newTask { os in while true { try await os.yield() } } }
      for _ in 1...2 { notes.add("\(try await os.waitAnyChild())") }
    }
    scheduler.run(ticks: 10)
    #expect(scheduler.info(1)?.state == .waiting(.anyChild))
    // By the operator, and by another task.
    #expect(try scheduler.perform(KillTask(3)))
    #expect(scheduler.info(1)?.state == .ready)
    try scheduler.createTask("killer") { os in try await os.killTask(2) }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["task 3: killed", "task 2: killed"])
  }

  @Test func `children that have ended already come first`() throws {
    let scheduler = try parent { [notes] os in
      for _ in 1...3 { _ = try await os.newTask { _ in } }
      try await os.sleep(10)
      for _ in 1...3 { notes.add("\(try await os.waitAnyChild().tid)") }
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["2", "3", "4"])
  }

  @Test func `a child that WaitTask reported is not reported again`() throws {
    let scheduler = try parent { [notes] os in
      for _ in 1...3 { _ = try await os.newTask { _ in } }
      try await os.sleep(10)
      _ = try await os.waitTask(3)
      while true { notes.add("\(try await os.waitAnyChild().tid)") }
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["2", "4", "task 1 has no child to wait for"])
  }

  @Test func `a reported child is not reported again when an older one is forgotten`() throws {
    let scheduler = try parent(limits: Limits(keptStatuses: 3)) { [notes] os in
      for _ in 1...3 { _ = try await os.newTask { _ in } }
      try await os.sleep(10)
      _ = try await os.waitTask(3)
      // A fourth end makes the kernel forget task 2, the oldest of those kept.
      let grandchild = try await os.newTask { os in
        _ = try await os.newTask { _ in }
        try await os.sleep(20)
      }
      try await os.sleep(5)
      notes.add("\(try await os.waitAnyChild().tid)")
      notes.add("\(try await os.waitAnyChild().tid == grandchild)")
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["4", "true"])
  }

  @Test func `another task's WaitTask does not use up the parent's report`() throws {
    let scheduler = try parent { [notes] os in
      let child = try await os.newTask { os in try await os.sleep(5) }
      _ = try await os.newTask { os in try await os.waitTask(child) }
      notes.add("\(try await os.waitAnyChild().tid)")
      notes.add("\(try await os.waitAnyChild().tid)")
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["2", "3"])
  }

  @Test func `grandchildren and other tasks do not count`() throws {
    let scheduler = try parent { [notes] os in
      let child = try await os.newTask { os in
        _ = try await os.newTask { _ in }
        try await os.sleep(50)
      }
      notes.add("\(try await os.waitAnyChild().tid == child)")
    }
    try scheduler.createTask { _ in }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["true"])
  }

  @Test func `after a timeout the child can be waited for again`() throws {
    let scheduler = try parent { [notes] os in
      _ = try await os.newTask { os in try await os.sleep(50) }
      do { try await os.waitAnyChild(timeout: 5) } catch { notes.add("\(error)") }
      do { try await os.waitAnyChild(timeout: -5) } catch { notes.add("\(error)") }
      notes.add("\(try await os.waitAnyChild(timeout: 100))")
    }
    #expect(run(scheduler) == .allFinished)
    #expect(
      notes.lines == ["timed out", "a time cannot be negative: -5", "task 2: exited 0"]
    )
  }

  @Test func `the operator waits for tasks it created`() throws {
    let scheduler = Scheduler()
    try scheduler.createTask { os in
      _ = try await os.newTask { os in try await os.exit(9) }
      try await os.sleep(5)
    }
    try scheduler.createTask { os in try await os.sleep(2) }
    #expect(try scheduler.perform(WaitAnyChild()).tid == 2)
    #expect(try scheduler.perform(WaitAnyChild()).tid == 1)
    #expect(throws: SystemCallError.noChildren(of: .operator)) {
      try scheduler.perform(WaitAnyChild())
    }
  }

  @Test func `if nothing is kept, only ends during the wait are reported`() throws {
    let scheduler = try parent(limits: Limits(keptStatuses: 0)) { [notes] os in
      _ = try await os.newTask { os in try await os.sleep(5) }
      notes.add("\(try await os.waitAnyChild())")
      _ = try await os.newTask { _ in }
      try await os.sleep(5)
      try await os.waitAnyChild()
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["task 2: exited 0", "task 1 has no child to wait for"])
    #expect(scheduler.tasks(includingEnded: true).map(\.tid) == [])
  }
}
