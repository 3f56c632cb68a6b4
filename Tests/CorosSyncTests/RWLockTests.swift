import CorosKernel
import CorosSync
import Testing

@Suite(.timeLimit(.minutes(15))) struct RWLockTests {
  private func visitor(_ name: String, _ lock: RWLock, writes: Bool, holds: Int = 4) -> [Act] {
    [.call(LockRW(lock, toWrite: writes)), .write("\(name)+")]
      + Array(repeating: .compute, count: holds) + [.write("\(name)-"), .call(UnlockRW(lock))]
  }

  private func lock(_ stage: Stage) throws -> RWLock {
    try stage.scheduler.perform(MakeRWLock("table"))
  }

  @Test(arguments: Form.allCases) func `first come, first served, neighbouring readers together`(
    form: Form
  ) throws {
    let stage = Stage(form)
    let lock = try lock(stage)
    for name in ["r1", "w1", "r2", "w2", "r3", "r4"] {
      try stage.task(name, visitor(name, lock, writes: name.hasPrefix("w")))
    }
    #expect(stage.run() == .allFinished)
    let entries = stage.texts.filter { $0.hasSuffix("+") }
    #expect(entries == ["r1+", "w1+", "r2+", "w2+", "r3+", "r4+"])
    #expect(Array(stage.texts.suffix(4)) == ["r3+", "r4+", "r3-", "r4-"])
    #expect(Array(stage.texts.prefix(4)) == ["r1+", "r1-", "w1+", "w1-"])
  }

  @Test(arguments: Form.allCases)
  func `readers whom a writer lets in that gives up are foreseen`(form: Form) throws {
    let stage = Stage(form)
    let lock = try lock(stage)
    try stage.task("r1", [.call(LockRW(lock, toWrite: false)), .sleep(20)])
    let writer = LockRW(lock, toWrite: true, timeout: 9)
    try stage.task("w", [.call(writer), .tell])
    // The time of one of the two would come in the same tick.
    try stage.task("r2", [.call(LockRW(lock, toWrite: false)), .write("in")])
    try stage.task("r3", [.call(LockRW(lock, toWrite: false, timeout: 7)), .write("in")])
    var foreseen: [[TaskID]] = []
    while stage.scheduler.liveTaskCount > 0 {
      let choice = stage.scheduler.nextChoice
      if !choice.woken.isEmpty { foreseen.append(choice.woken) }
      stage.run(steps: 1)
      #expect(stage.scheduler.lastDispatched == choice.task, "at tick \(choice.tick)")
    }
    #expect(foreseen.first == [3, 4, 2])
    #expect(stage.texts.filter { $0 == "in" }.count == 2)
  }

  @Test(arguments: Form.allCases) func `who holds it cannot ask again`(form: Form) throws {
    let stage = Stage(form)
    let lock = try lock(stage)
    let again = "table is held already by the caller, and cannot be taken twice"
    try stage.task(
      "A",
      [
        .call(LockRW(lock, toWrite: false)), .call(LockRW(lock, toWrite: false)), .tell,
        .call(LockRW(lock, toWrite: true)), .tell, .call(UnlockRW(lock)), .call(UnlockRW(lock)),
        .tell,
      ]
    )
    stage.run()
    #expect(stage.texts == [again, again, "table is held by nobody"])
  }

  @Test(arguments: Form.allCases)
  func `when a waiting writer goes, the readers behind it enter at once`(form: Form) throws {
    for ending in 0...1 {
      let stage = Stage(form)
      let lock = try lock(stage)
      try stage.task("r1", [.call(LockRW(lock, toWrite: false)), .sleep(50)])
      try stage.task("w", [.call(LockRW(lock, toWrite: true, timeout: ending == 0 ? 6 : nil))])
      try stage.task("r2", visitor("r2", lock, writes: false))
      try stage.task("r3", visitor("r3", lock, writes: false))
      stage.run(steps: 5)
      #expect(stage.waiters(lock.id) == [2, 3, 4])
      if ending == 1 { try stage.kill(2) } else { stage.run(steps: 1) }
      #expect(stage.holders(lock.id) == [1, 3, 4])
      #expect(stage.run() == .allFinished)
    }
  }

  /// Under `priority`, a reader of a higher priority than the waiting writer enters beside the readers that are there;
  /// one of the same priority waits its turn, and so does everybody under round robin.
  @Test(arguments: Form.allCases, [false, true])
  func `where priorities count, the best waiter decides`(form: Form, counts: Bool) throws {
    for (priority, enters) in [(4, false), (5, false), (6, true)] {
      let stage = Stage(form, policy: counts ? HighestPriorityFirst() : RoundRobin())
      let lock = try lock(stage)
      try stage.task("r1", [.call(LockRW(lock, toWrite: false)), .sleep(50)], priority: 1)
      try stage.task("w", [.sleep(4), .call(LockRW(lock, toWrite: true))], priority: 5)
      let late: [Act] = [.sleep(9), .call(LockRW(lock, toWrite: false)), .sleep(9)]
      try stage.task("r2", late, priority: priority)
      stage.scheduler.run(ticks: 15)
      #expect(stage.holders(lock.id) == (counts && enters ? [1, 3] : [1]))
      #expect(stage.waiters(lock.id) == (counts && enters ? [2] : [2, 3]))
      #expect(stage.scheduler.brokenInvariants() == [])
    }
  }

  @Test(arguments: Form.allCases)
  func `a try does not pass a waiting writer, and a writer may read on`(form: Form) throws {
    let stage = Stage(form)
    let lock = try lock(stage)
    try stage.task(
      "w0",
      [
        .call(LockRW(lock, toWrite: true)), .sleep(5), .call(UnlockRW(lock, downgrading: true)),
        .sleep(5), .call(UnlockRW(lock)),
      ]
    )
    try stage.task("r", visitor("r", lock, writes: false, holds: 0))
    try stage.task("w1", visitor("w1", lock, writes: true, holds: 0))
    try stage.task("t", [.sleep(7), .call(TryLockRW(lock, toWrite: false)), .tell])
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["r+", "r-", "false", "w1+", "w1-"])
  }

  @Test(arguments: Form.allCases)
  func `what a writer leaves is marked, what a reader leaves is not`(form: Form) throws {
    for writes in [true, false] {
      let stage = Stage(form)
      let lock = try lock(stage)
      try stage.task("A", [.call(LockRW(lock, toWrite: writes)), .sleep(9)])
      try stage.task("B", [.call(LockRW(lock, toWrite: true)), .tell])
      stage.run()
      #expect(stage.texts == [writes ? "abandoned by task 1" : "given back in order"])
    }
  }

  @Test(arguments: Form.allCases) func `who was let in and killed before it ran was never in`(
    form: Form
  ) throws {
    let stage = Stage(form)
    let lock = try lock(stage)
    try stage.task("A", [.call(LockRW(lock, toWrite: true)), .call(UnlockRW(lock))])
    try stage.task("B", [.call(LockRW(lock, toWrite: true)), .tell])
    try stage.task("C", [.call(LockRW(lock, toWrite: true)), .tell])
    stage.run(steps: 4)
    #expect(stage.holders(lock.id) == [2])
    try stage.kill(2)
    #expect(stage.holders(lock.id) == [3])
    stage.run()
    #expect(stage.texts == ["given back in order"])
  }

  @Test func `a circle goes through all readers`() throws {
    let stage = Stage(.machine)
    let lock = try lock(stage)
    let mutex = try stage.mutex("m")
    try stage.task("r1", [.call(LockRW(lock, toWrite: false)), .sleep(3)])
    try stage.task("r2", [.call(LockRW(lock, toWrite: false)), .call(Lock(mutex))])
    try stage.task("w", [.call(Lock(mutex)), .call(LockRW(lock, toWrite: true))])
    guard case .deadlock(let deadlock) = stage.run() else {
      Issue.record("no deadlock")
      return
    }
    #expect(deadlock.circles == [[2, 3]])
  }
}
