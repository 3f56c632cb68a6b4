import CorosKernel
import CorosSync
import Testing

@Suite(.timeLimit(.minutes(15))) struct MutexTests {
  @Test(arguments: Form.allCases) func `it passes to those who wait, in their order`(
    form: Form
  ) throws {
    let stage = Stage(form)
    let mutex = try stage.mutex("m")
    for name in ["A", "B", "C"] {
      try stage.task(
        name,
        [
          .call(Lock(mutex)), .write("in"), .compute, .call(Unlock(mutex)), .write("out"),
        ]
      )
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.output == "3:1:in 6:2:in 7:1:out 11:3:in 12:2:out 16:3:out")
    #expect(stage.schedule == "123111212123232333")
    #expect(stage.scheduler.now == 18)
  }

  @Test(arguments: Form.allCases) func `nobody takes it in between`(form: Form) throws {
    let stage = Stage(form)
    let mutex = try stage.mutex("m")
    try stage.task(
      "A",
      [
        .call(Lock(mutex)), .yield, .call(Unlock(mutex)), .write("u"), .call(Lock(mutex)),
        .write("again"), .call(Unlock(mutex)),
      ]
    )
    try stage.task("B", [.call(Lock(mutex)), .write("b"), .call(Unlock(mutex))])
    stage.run()
    #expect(stage.output == "4:2:b 5:1:u 9:1:again")
  }

  @Test func `the operator holds no mutex, and does not stand in its queue`() throws {
    let stage = Stage(.machine)
    let mutex = try stage.mutex("m")
    let refusal = SystemCallError.onlyForTasks(call: "holding the mutex m")
    #expect(throws: refusal) { try stage.scheduler.perform(Lock(mutex)) }
    for name in ["A", "B"] {
      try stage.task(name, [.call(Lock(mutex)), .compute, .call(Unlock(mutex))])
    }
    stage.scheduler.run(ticks: 2)
    // It is held now: whoever waits for it gets it next, and the operator must not.
    #expect(throws: refusal) { try stage.scheduler.perform(Lock(mutex)) }
    #expect(throws: refusal) { try stage.scheduler.perform(TryLock(mutex)) }
    #expect(stage.run() == .allFinished)
  }

  @Test(arguments: Form.allCases) func `mistakes are errors, and change nothing`(form: Form) throws
  {
    let stage = Stage(form)
    let mutex = try stage.mutex("m")
    try stage.task(
      "A",
      [
        .call(Unlock(mutex)), .tell, .call(Lock(mutex)), .tell, .call(Lock(mutex)), .tell,
        .call(TryLock(mutex)), .tell, .call(Unlock(mutex)), .tell, .call(Unlock(mutex)), .tell,
      ]
    )
    stage.run()
    #expect(
      stage.texts == [
        "m is held by nobody", "given back in order",
        "m is held already by the caller, and cannot be taken twice",
        "m is held already by the caller, and cannot be taken twice", "done", "m is held by nobody",
      ]
    )
    #expect(throws: SystemCallError.self) { try stage.scheduler.perform(Lock(mutex)) }
  }

  @Test(arguments: Form.allCases)
  func `what its holder leaves behind passes on, and the next is told once`(form: Form) throws {
    let stage = Stage(form)
    let mutex = try stage.mutex("m")
    try stage.task("own", [.call(Lock(mutex)), .sleep(5)])
    try stage.task("thief", [.call(Unlock(mutex)), .tell])
    try stage.task("w1", user(of: mutex))
    try stage.task("w2", user(of: mutex))
    #expect(stage.run() == .allFinished)
    #expect(
      stage.output
        == "5:2:m is held by task 1 11:3:has it, abandoned by task 1 "
        + "13:4:has it, given back in order"
    )
    #expect(stage.sharing.contains("10:3 takes m of 1"))
  }

  @Test(arguments: Form.allCases) func `the lock of a killed task passes on, with its mark`(
    form: Form
  ) throws {
    let stage = Stage(form)
    let mutex = try stage.mutex("m")
    try stage.task("own", [.call(Lock(mutex)), .sleep(5)])
    try stage.task("w1", user(of: mutex))
    try stage.task("w2", user(of: mutex))
    stage.run(steps: 3)
    try stage.kill(1)
    stage.run()
    #expect(
      stage.output == "3:2:has it, abandoned by task 1 5:3:has it, given back in order"
    )
  }

  @Test(arguments: Form.allCases)
  func `who is killed before it goes on never had the lock`(form: Form) throws {
    let stage = Stage(form)
    let mutex = try stage.mutex("m")
    try stage.task("own", [.call(Lock(mutex)), .sleep(3), .call(Unlock(mutex))])
    try stage.task("w1", user(of: mutex))
    try stage.task("w2", user(of: mutex))
    while stage.holders(mutex.id) != [2] { stage.run(steps: 1) }
    try stage.kill(2)
    #expect(stage.holders(mutex.id) == [3])
    stage.run()
    #expect(stage.output == "9:3:has it, given back in order")
    #expect(!stage.sharing.contains { $0.contains("left by") })
  }

  @Test(arguments: Form.allCases)
  func `a mark that did not arrive is told to the next`(form: Form) throws {
    let stage = Stage(form)
    let mutex = try stage.mutex("m")
    try stage.task("own", [.call(Lock(mutex)), .sleep(50)])
    try stage.task("w1", user(of: mutex))
    try stage.task("w2", user(of: mutex))
    stage.run(steps: 3)
    try stage.kill(1)
    try stage.kill(2)
    stage.run()
    #expect(stage.texts == ["has it, abandoned by task 1"])
  }

  @Test(arguments: Form.allCases)
  func `a lock that is left and not waited for stands free, and is marked`(form: Form) throws {
    let stage = Stage(form)
    let mutex = try stage.mutex("m")
    try stage.task("own", [.call(Lock(mutex)), .compute])
    try stage.task("late", [.sleep(5)] + user(of: mutex) + user(of: mutex))
    stage.run()
    #expect(stage.texts == ["has it, abandoned by task 1", "has it, given back in order"])
    #expect(stage.sharing.contains("3:m left by 1"))
  }

  @Test(arguments: Form.allCases)
  func `a lock that is left is an orphan until its next owner gives it back`(form: Form) throws {
    let stage = Stage(form)
    let mutex = try stage.mutex("m")
    let lock = try stage.scheduler.perform(MakeRWLock("table"))
    try stage.task("own", [.call(Lock(mutex)), .call(LockRW(lock, toWrite: true))])
    try stage.task("next", [.call(Lock(mutex)), .compute, .call(Unlock(mutex))])
    try stage.task("read", [.sleep(20), .call(LockRW(lock, toWrite: false))])
    func orphans() -> [String] { stage.scheduler.orphans.map { "\($0.name) of \($0.owner)" } }
    while stage.scheduler.info(1)?.state != .exited(.exited(0)) {
      #expect(orphans() == [])
      stage.run(steps: 1)
    }
    // One passes to a task that waits, and the other stands free.
    #expect(stage.holders(mutex.id) == [2])
    #expect(orphans() == ["m of 1", "table of 1"])
    while !stage.holders(mutex.id).isEmpty { stage.run(steps: 1) }
    #expect(orphans() == ["table of 1"])
    stage.run()
    // Who only reads leaves nothing half changed.
    #expect(orphans() == [])
  }

  @Test(arguments: Form.allCases) func `a waiter may give up`(form: Form) throws {
    let stage = Stage(form)
    let mutex = try stage.mutex("m")
    try stage.task("own", [.call(Lock(mutex)), .sleep(3), .call(Unlock(mutex))])
    try stage.task("w1", user(of: mutex, timeout: 2))
    try stage.task("w2", user(of: mutex))
    stage.run()
    #expect(stage.output == "4:2:timed out 8:3:has it, given back in order")
  }

  @Test(
    arguments: Form.allCases,
    [(1, "4:2:has it"), (2, "5:2:has it"), (3, "6:2:timed out")]
  )
  func `a deadline beats what is given in its own tick`(form: Form, row: (Int, String)) throws {
    let stage = Stage(form)
    let mutex = try stage.mutex("m")
    try stage.task(
      "own",
      [.call(Lock(mutex))] + Array(repeating: .compute, count: row.0) + [.call(Unlock(mutex))]
    )
    try stage.task("w", user(of: mutex, timeout: 3))
    stage.run()
    #expect(stage.output.hasPrefix(row.1))
  }

  @Test(arguments: Form.allCases)
  func `two locks in two orders are a deadlock that names both`(form: Form) throws {
    let stage = Stage(form)
    let (a, b) = (try stage.mutex("A"), try stage.mutex("B"))
    try stage.task("left", [.call(Lock(a)), .write("l"), .call(Lock(b))])
    try stage.task("right", [.call(Lock(b)), .write("r"), .call(Lock(a))])
    guard case .deadlock(let deadlock) = stage.run() else {
      Issue.record("no deadlock")
      return
    }
    #expect(stage.scheduler.now == 6)
    #expect(stage.schedule == "121212")
    #expect(deadlock.blocked.map(\.reason.description) == ["B", "A"])
    #expect(deadlock.blocked.map(\.holders) == [[2], [1]])
    #expect(deadlock.blocked.map(\.holds) == [["A"], ["B"]])
    #expect(deadlock.circles == [[1, 2]])
    try stage.kill(1)
    #expect(stage.holders(a.id) == [2])
    #expect(stage.run() == .allFinished)
  }

  @Test(arguments: Form.allCases) func `a stopped task gets it like any other`(form: Form) throws {
    let stage = Stage(form)
    let mutex = try stage.mutex("m")
    try stage.task("own", [.call(Lock(mutex)), .sleep(3), .call(Unlock(mutex))])
    try stage.task("w1", user(of: mutex))
    stage.run(steps: 2)
    try stage.scheduler.perform(StopTask(2))
    stage.run()
    #expect(stage.holders(mutex.id) == [2])
    try stage.scheduler.perform(ContinueTask(2))
    #expect(stage.run() == .allFinished)
  }

  @Test func `objects of one name and kind are one, of two kinds two`() throws {
    let scheduler = Scheduler()
    let mutex = try scheduler.perform(MakeMutex("x"))
    #expect(try scheduler.perform(MakeMutex("x")) == mutex)
    let semaphore = try scheduler.perform(MakeSemaphore("x", value: 1))
    #expect(semaphore.id != mutex.id)
    let unnamed = try scheduler.perform(MakeMutex())
    #expect(scheduler.object(unnamed.id)?.name == "mutex 2")
    #expect(scheduler.objects(named: "x").map(\.kind) == ["mutex", "semaphore"])
    let long = String(repeating: "long name ", count: 1_000)
    let one = try scheduler.perform(MakeMutex(long + "1"))
    #expect(try scheduler.perform(MakeMutex(long + "2")) != one)
    #expect(scheduler.object(one.id)?.name == long + "1")
  }

  @Test func `a loop that makes mutexes ends in an error`() throws {
    let scheduler = Scheduler(limits: Limits(objects: 3))
    try scheduler.createTask { os in while true { _ = try await os.mutex() } }
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(scheduler.info(1)?.state == .exited(.failed("too many objects: the limit is 3")))
  }

  @Test func `a scope gives it back, whichever way it ends`() throws {
    struct Failure: Error {}
    let stage = Stage(.async)
    let mutex = try stage.mutex("m")
    try stage.scheduler.createTask("thrower") { os in
      do {
        try await os.withLock(mutex) {
          try await os.write("in")
          throw Failure()
        }
      } catch is Failure { try await os.write("caught") }
      let number = try await os.withLock(mutex) { 7 }
      try await os.write("\(number)")
      try await os.withLock(mutex) { try await os.exit(3) }
    }
    try stage.task("next", user(of: mutex))
    stage.run()
    #expect(stage.texts.contains("has it, given back in order"))
    #expect(stage.holders(mutex.id) == [])
    #expect(stage.scheduler.info(1)?.state == .exited(.exited(3)))
    #expect(stage.scheduler.object(mutex.id)?.summary == "abandoned by task 1")
  }

  @Test func `checkpoints have objects of their own`() throws {
    let stage = Stage(.machine)
    let mutex = try stage.mutex("m")
    try stage.task("own", [.call(Lock(mutex)), .compute, .call(Unlock(mutex))])
    try stage.task("w", user(of: mutex))
    stage.run(steps: 2)
    let checkpoint = try stage.scheduler.checkpoint()
    stage.run()
    let first = stage.output
    #expect(stage.holders(mutex.id) == [])
    stage.scheduler.restore(checkpoint)
    #expect(stage.holders(mutex.id) == [1])
    #expect(stage.waiters(mutex.id) == [2])
    stage.run()
    #expect(stage.output == first + " " + first)
  }
}
