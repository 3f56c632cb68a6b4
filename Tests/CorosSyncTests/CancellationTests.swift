import CorosKernel
import CorosSync
import Testing

@Suite(.timeLimit(.minutes(15))) struct CancellationTests {
  private func cancel(_ stage: Stage, _ tid: TaskID, _ reason: String = "") throws -> Bool {
    let isCancelled = try stage.scheduler.perform(CancelTask(tid, because: reason))
    #expect(stage.scheduler.brokenInvariants() == [])
    return isCancelled
  }

  private func status(_ stage: Stage, _ tid: TaskID) -> CorosKernel.ExitStatus? {
    if case .exited(let status)? = stage.scheduler.info(tid)?.state { status } else { nil }
  }

  @Test(arguments: Form.allCases) func `each cancellation point fails, again and again`(
    form: Form
  ) throws {
    let stage = Stage(form)
    let sleeps = (1...3).flatMap { _ -> [Act] in
      [.sleep(100), .tell { $0.hasFailed ? "caught" : "slept" }]
    }
    try stage.task("A", sleeps)
    stage.run(steps: 1)
    try stage.task("clock", Array(repeating: .compute, count: 4))
    stage.run(steps: 4)
    #expect(try cancel(stage, 1))
    #expect(try !cancel(stage, 1))
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["caught", "caught", "caught"])
    #expect(status(stage, 1) == .exited(0))
    #expect(stage.scheduler.now < 20)
  }

  @Test(arguments: Form.allCases) func `cancelled before it began, it begins`(form: Form) throws {
    let stage = Stage(form)
    try stage.task("A", [.write("runs"), .sleep(5), .tell])
    #expect(try cancel(stage, 1, "not needed"))
    stage.run()
    #expect(stage.texts == ["runs", "cancelled: not needed"])
    #expect(try !cancel(stage, 1))
    #expect(try !cancel(stage, 77))
  }

  @Test func `a task that does not catch it has been cancelled`() throws {
    let stage = Stage(.async)
    try stage.scheduler.createTask { os in
      do {
        try await os.sleep(100)
      } catch let error as Cancelled {
        try await os.write("by \(error.by): \(error.reason)")
        throw error
      }
    }
    stage.run(steps: 1)
    try stage.scheduler.createTask { os in
      try await os.cancelTask(1, because: "shutting down")
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["by 2: shutting down"])
    #expect(status(stage, 1) == .cancelled(by: 2, reason: "shutting down"))
  }

  @Test(arguments: Form.allCases) func `calls that do not wait are no cancellation points`(
    form: Form
  ) throws {
    let stage = Stage(form)
    let mutex = try stage.mutex("m")
    try stage.task(
      "A",
      [
        .call(Lock(mutex)), .sleep(100), .tell, .call(Unlock(mutex)), .tell, .call(GetTid()), .tell,
        .call(Lock(mutex)), .tell,
      ]
    )
    stage.run(steps: 2)
    #expect(try cancel(stage, 1))
    stage.run()
    #expect(stage.texts == ["cancelled", "done", "1", "cancelled"])
    #expect(stage.holders(mutex.id) == [])
  }

  @Test(arguments: Form.allCases) func `a shield holds it off`(form: Form) throws {
    let stage = Stage(form)
    try stage.task(
      "A",
      [
        .sleep(100), .tell, .call(OpenScope(isShield: true)), .sleep(10), .tell,
        .call(CloseScope(1)), .sleep(5), .tell,
      ]
    )
    stage.run(steps: 1)
    try stage.task("clock", Array(repeating: .compute, count: 4))
    stage.run(steps: 4)
    #expect(try cancel(stage, 1))
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["cancelled", "done", "cancelled"])
    // 5: caught, 6: told, 7: shielded, 8: sleeps, 19: goes on.
    #expect(stage.output.contains("19:1:done") || stage.output.contains("18:1:done"))
  }

  @Test func `of scopes whose time is up the outermost counts`() throws {
    for (outer, inner) in [(1, 5), (3, 3), (20, 5)] {
      let stage = Stage(.async)
      try stage.scheduler.createTask { os in
        do {
          try await os.withTimeout(Tick(outer)) {
            do {
              // Counted from a step later: the same moment when it is a tick shorter.
              try await os.withTimeout(Tick(inner) - (outer == inner ? 1 : 0)) {
                try await os.sleep(100)
              }
            } catch SystemCallError.timedOut {
              try await os.write("inner")
            }
            try await os.write("between")
          }
        } catch SystemCallError.timedOut {
          try await os.write("outer")
        }
        try await os.write("after")
      }
      #expect(stage.run() == .allFinished)
      #expect(stage.texts == (outer == 20 ? ["inner", "between", "after"] : ["outer", "after"]))
    }
  }

  @Test func `work that is done in time is kept`() throws {
    let stage = Stage(.async)
    try stage.scheduler.createTask { os in
      let result = try await os.withTimeout(2) {
        for _ in 1...5 { try await os.write("x") }
        return 7
      }
      try await os.write("\(result)")
      try await os.sleep(1)
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts.last == "7")
    #expect(status(stage, 1) == .exited(0))
  }

  @Test func `shielded clean-up holds a timeout up`() throws {
    let stage = Stage(.async)
    try stage.scheduler.createTask { os in
      do {
        try await os.withTimeout(5) {
          do {
            try await os.sleep(100)
          } catch {
            try await os.withShield { try await os.sleep(30) }
            try await os.write("cleaned")
            throw error
          }
        }
      } catch SystemCallError.timedOut {
        try await os.write("timed out")
      }
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["cleaned", "timed out"])
    #expect(stage.scheduler.now > 35)
  }

  @Test(arguments: Form.allCases)
  func `what was granted before stays granted`(form: Form) throws {
    let stage = Stage(form)
    let mutex = try stage.mutex("m")
    try stage.task("own", [.call(Lock(mutex)), .sleep(3), .call(Unlock(mutex))])
    try stage.task(
      "w1",
      [
        .call(Lock(mutex)), .write("has it"), .sleep(3), .tell, .call(Unlock(mutex)),
      ]
    )
    try stage.task("w2", user(of: mutex))
    while stage.holders(mutex.id) != [2] { stage.run(steps: 1) }
    #expect(try cancel(stage, 2))
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["has it", "cancelled", "has it, given back in order"])
  }

  @Test(arguments: Form.allCases) func `cancelled in the queue, it never had the lock`(
    form: Form
  ) throws {
    let stage = Stage(form)
    let mutex = try stage.mutex("m")
    try stage.task("own", [.call(Lock(mutex)), .sleep(3), .call(Unlock(mutex))])
    try stage.task("w1", user(of: mutex))
    try stage.task("w2", user(of: mutex))
    stage.run(steps: 3)
    #expect(try cancel(stage, 2))
    #expect(stage.waiters(mutex.id) == [3])
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["cancelled", "has it, given back in order"])
  }

  @Test func `a cancelled wait on a condition ends with the mutex`() throws {
    let stage = Stage(.async)
    let condition = try stage.condition("c", on: try stage.mutex("m"))
    try stage.scheduler.createTask("A") { os in
      try await os.withLock(condition.mutex) {
        do {
          try await os.wait(on: condition)
        } catch is Cancelled {
          try await os.write("A cancelled, with m")
          try await os.notify(condition)
        }
      }
    }
    try stage.task(
      "S",
      [
        .sleep(10), .call(Lock(condition.mutex)), .sleep(10), .write("S gives"),
        .call(Unlock(condition.mutex)),
      ]
    )
    stage.scheduler.run(ticks: 15)
    #expect(try cancel(stage, 1))
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["S gives", "A cancelled, with m"])
  }

  @Test func `notified first, and cancelled then, it has waited well`() throws {
    let stage = Stage(.async)
    let condition = try stage.condition("c", on: try stage.mutex("m"))
    for name in ["A", "B"] {
      try stage.scheduler.createTask(name) { os in
        try await os.lock(condition.mutex)
        try await os.wait(on: condition)
        try await os.write("\(name) woke")
        try await os.unlock(condition.mutex)
      }
    }
    try stage.task(
      "S",
      [
        .sleep(10), .call(Lock(condition.mutex)), .call(Notify(condition)), .compute, .compute,
        .compute, .call(Unlock(condition.mutex)),
      ]
    )
    while stage.waiters(condition.mutex.id) != [1] || stage.scheduler.now < 10 {
      stage.run(steps: 1)
    }
    #expect(try cancel(stage, 1))
    guard case .deadlock(let deadlock) = stage.run() else {
      Issue.record("no deadlock")
      return
    }
    #expect(deadlock.blocked.map(\.tid) == [2])
    #expect(stage.texts == ["A woke"])
  }

  @Test(arguments: Form.allCases) func `a scope of another is no scope of one's own`(
    form: Form
  ) throws {
    let stage = Stage(form)
    try stage.task("A", [.call(OpenScope()), .tell, .call(CloseScope(7)), .tell])
    stage.run()
    #expect(stage.texts == ["1", "there is no cancel scope 7 to leave"])
    #expect(throws: SystemCallError.self) { try stage.scheduler.perform(OpenScope()) }
  }

  @Test func `what wakes by a scope's time is foreseen`() throws {
    let scheduler = Scheduler()
    try scheduler.createTask("A") { os in
      _ = try? await os.withTimeout(10) { try await os.sleep(100) }
    }
    for _ in 1...2 { scheduler.step() }
    #expect(scheduler.nextChoice.tick == 11)
    #expect(scheduler.nextChoice.woken == [1])
    #expect(scheduler.step() == .dispatched(1))
    #expect(scheduler.now == 12)
  }

  @Test func `checkpoints know who is cancelled`() throws {
    let stage = Stage(.machine)
    try stage.task("A", [.sleep(100), .tell, .sleep(100), .tell])
    stage.run(steps: 1)
    let before = try stage.scheduler.checkpoint()
    #expect(try cancel(stage, 1))
    let after = try stage.scheduler.checkpoint()
    stage.scheduler.restore(before)
    stage.run()
    #expect(stage.texts == ["done", "done"])
    stage.scheduler.restore(after)
    stage.run()
    #expect(stage.texts == ["done", "done", "cancelled", "cancelled"])
  }
}
