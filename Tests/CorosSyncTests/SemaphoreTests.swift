import CorosKernel
import CorosSync
import Testing

@Suite(.timeLimit(.minutes(15))) struct SemaphoreTests {
  private func taker(_ name: String, _ semaphore: Semaphore) -> [Act] {
    [.call(Acquire(semaphore)), .write(name)]
  }

  @Test(arguments: Form.allCases) func `permits pass in the order of waiting`(form: Form) throws {
    let stage = Stage(form)
    let semaphore = try stage.semaphore("s", 0)
    for name in ["A", "B", "C"] { try stage.task(name, taker(name, semaphore)) }
    try stage.task("D", Array(repeating: .call(Release(semaphore)), count: 4))
    #expect(stage.run() == .allFinished)
    #expect(stage.output == "4:1:A 7:2:B 10:3:C")
    #expect(stage.scheduler.object(semaphore.id)?.summary == "1 left")
  }

  @Test(arguments: Form.allCases)
  func `a permit given to a task that is killed before it goes on passes on`(form: Form) throws {
    let stage = Stage(form)
    let semaphore = try stage.semaphore("s", 0)
    for name in ["A", "B"] { try stage.task(name, taker(name, semaphore)) }
    stage.run(steps: 2)
    try stage.scheduler.perform(Release(semaphore))
    try stage.kill(1)
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["B"])
    #expect(stage.scheduler.object(semaphore.id)?.summary == "0 left")
  }

  @Test(arguments: Form.allCases)
  func `a permit taken without waiting goes back, too`(form: Form) throws {
    let stage = Stage(form)
    let semaphore = try stage.semaphore("s", 2)
    try stage.task("A", taker("A", semaphore))
    try stage.task("B", [.call(TryAcquire(semaphore)), .tell])
    stage.run(steps: 2)
    #expect(stage.scheduler.object(semaphore.id)?.summary == "0 left")
    try stage.kill(1)
    try stage.kill(2)
    #expect(stage.scheduler.object(semaphore.id)?.summary == "2 left")
  }

  @Test(arguments: Form.allCases) func `a maximum is kept`(form: Form) throws {
    let stage = Stage(form)
    let semaphore = try stage.semaphore("s", 1, maximum: 1)
    try stage.task("A", [.call(Release(semaphore)), .tell, .call(TryAcquire(semaphore)), .tell])
    stage.run()
    #expect(stage.texts == ["s has as many permits as it may have", "true"])
    #expect(throws: SystemCallError.self) {
      try stage.scheduler.perform(MakeSemaphore(value: 2, maximum: 1))
    }
    #expect(throws: SystemCallError.self) {
      try stage.scheduler.perform(MakeSemaphore(value: -1))
    }
  }

  @Test(arguments: Form.allCases)
  func `a permit that its taker never gave is gone`(form: Form) throws {
    let stage = Stage(form)
    let semaphore = try stage.semaphore("s", 1)
    for name in ["A", "B"] { try stage.task(name, taker(name, semaphore)) }
    guard case .deadlock(let deadlock) = stage.run() else {
      Issue.record("no deadlock")
      return
    }
    #expect(deadlock.blocked.map(\.tid) == [2])
    #expect(deadlock.circles == [])
  }

  @Test(arguments: Form.allCases) func `an owned permit comes back`(form: Form) throws {
    let stage = Stage(form)
    let semaphore = try stage.semaphore("s", 1)
    try stage.task("A", [.call(Acquire(semaphore, isOwned: true)), .sleep(9)])
    try stage.task("B", [.call(Acquire(semaphore, isOwned: true)), .write("B")])
    try stage.task("C", taker("C", semaphore))
    stage.run(steps: 3)
    #expect(stage.holders(semaphore.id) == [1])
    try stage.kill(1)
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["B", "C"])
    #expect(stage.holders(semaphore.id) == [])
    #expect(stage.scheduler.object(semaphore.id)?.summary == "0 left")
  }

  @Test func `a scope has one permit, and gives it back`() throws {
    let stage = Stage(.async)
    let semaphore = try stage.semaphore("seats", 1)
    for name in ["A", "B"] {
      try stage.scheduler.createTask(name) { os in
        try await os.withPermit(semaphore) {
          try await os.write("\(name) in")
          try await os.write("\(name) out")
        }
      }
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["A in", "A out", "B in", "B out"])
    #expect(stage.scheduler.object(semaphore.id)?.summary == "1 left")
  }

  @Test(arguments: Form.allCases) func `a rendezvous`(form: Form) throws {
    let stage = Stage(form)
    let (a, b) = (try stage.semaphore("a", 0), try stage.semaphore("b", 0))
    try stage.task("1", [.write("1a"), .call(Release(a)), .call(Acquire(b)), .write("1b")])
    try stage.task("2", [.write("2a"), .call(Release(b)), .call(Acquire(a)), .write("2b")])
    stage.run()
    #expect(stage.texts == ["1a", "2a", "1b", "2b"])
  }
}
