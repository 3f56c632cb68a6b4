import CorosKernel
import CorosSync
import Testing

@Suite(.timeLimit(.minutes(15))) struct ConditionTests {
  private func waiter(_ name: String, _ condition: Condition) -> [Act] {
    [
      .call(Lock(condition.mutex)), .call(CondWait(condition)), .call(Relock(condition)),
      .write("\(name) woke"), .call(Unlock(condition.mutex)),
    ]
  }

  private func notifier(_ condition: Condition, all: Bool = false) -> [Act] {
    [
      .call(Lock(condition.mutex)), .call(Notify(condition, all: all)),
      .tell { "notified \($0)" }, .call(Unlock(condition.mutex)),
    ]
  }

  @Test(arguments: Form.allCases) func `one is notified, then all, then none`(form: Form) throws {
    let stage = Stage(form)
    let condition = try stage.condition("c", on: try stage.mutex("m"))
    for name in ["A", "B", "C"] { try stage.task(name, waiter(name, condition)) }
    try stage.task(
      "S",
      [.sleep(20)] + notifier(condition) + notifier(condition, all: true) + notifier(condition)
    )
    #expect(stage.run() == .allFinished)
    #expect(
      stage.texts == [
        "notified 1", "A woke", "notified 2", "B woke", "C woke", "notified 0",
      ]
    )
    #expect(
      stage.output.split(separator: " ").filter { $0.contains(":") }
        .compactMap { Int($0.prefix { $0 != ":" }) }
        == [27, 29, 36, 38, 41, 46]
    )
    #expect(stage.scheduler.object(condition.id)?.summary == "of m; 3 woken, 1 notified in vain")
  }

  @Test(arguments: Form.allCases) func `both need the mutex`(form: Form) throws {
    let stage = Stage(form)
    let mutex = try stage.mutex("m")
    let condition = try stage.condition("c", on: mutex)
    try stage.task("A", [.call(CondWait(condition)), .tell, .call(Notify(condition)), .tell])
    stage.run()
    #expect(stage.texts == ["m is held by nobody", "m is held by nobody"])
    try stage.task("B", [.call(Lock(mutex)), .sleep(9)])
    try stage.task("C", [.call(CondWait(condition)), .tell])
    stage.run()
    #expect(stage.texts.last == "m is held by task 2")
  }

  /// A and B wait; S notifies one of them, and keeps the mutex for a while.
  private func stageWithRelock(_ form: Form) throws -> (Stage, Condition) {
    let stage = Stage(form)
    let condition = try stage.condition("c", on: try stage.mutex("m"))
    for name in ["A", "B"] { try stage.task(name, waiter(name, condition)) }
    try stage.task(
      "S",
      [
        .sleep(20), .call(Lock(condition.mutex)), .call(Notify(condition)), .compute, .compute,
        .compute, .call(Unlock(condition.mutex)),
      ]
    )
    return (stage, condition)
  }

  @Test(arguments: Form.allCases)
  func `killed before it asked for the mutex, it passes the notification on`(form: Form) throws {
    let (stage, condition) = try stageWithRelock(form)
    while stage.waiters(condition.id) != [2] || stage.scheduler.now < 20 { stage.run(steps: 1) }
    #expect(stage.waiters(condition.mutex.id) == [])
    try stage.kill(1)
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["B woke"])
  }

  @Test(arguments: Form.allCases)
  func `killed while it waits for the mutex, it passes the notification on`(form: Form) throws {
    let (stage, condition) = try stageWithRelock(form)
    while stage.waiters(condition.mutex.id) != [1] || stage.scheduler.now < 20 {
      stage.run(steps: 1)
    }
    try stage.kill(1)
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["B woke"])
  }

  @Test(arguments: Form.allCases)
  func `killed when it has the mutex and has not run, it passes both on`(form: Form) throws {
    let (stage, condition) = try stageWithRelock(form)
    while stage.holders(condition.mutex.id) != [1] || stage.scheduler.now < 20 {
      stage.run(steps: 1)
    }
    try stage.kill(1)
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["B woke"])
    #expect(!stage.sharing.contains { $0.contains("left by") })
    #expect(stage.scheduler.object(condition.mutex.id)?.summary == "")
  }

  @Test(arguments: Form.allCases)
  func `whose time is up takes the mutex first, and no notification`(form: Form) throws {
    let stage = Stage(form)
    let condition = try stage.condition("c", on: try stage.mutex("m"))
    let mutex = condition.mutex
    try stage.task(
      "A",
      [
        .call(Lock(mutex)), .call(CondWait(condition, timeout: 5)), .tell,
        .call(Relock(condition, after: .timedOut)), .write("A has m"), .call(Unlock(mutex)),
      ]
    )
    try stage.task("B", waiter("B", condition))
    try stage.task("S", [.sleep(15)] + notifier(condition))
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["timedOut", "A has m", "notified 1", "B woke"])
  }

  @Test func `a timed wait throws with the mutex in its hands`() throws {
    let stage = Stage(.async)
    let condition = try stage.condition("c", on: try stage.mutex("m"))
    try stage.scheduler.createTask("A") { os in
      try await os.withLock(condition.mutex) {
        do {
          try await os.wait(on: condition, timeout: 5)
        } catch SystemCallError.timedOut {
          try await os.write("timed out")
          try await os.notifyAll(condition)
        }
      }
      try await os.write("free")
    }
    try stage.task(
      "S",
      [.sleep(2), .call(Lock(condition.mutex)), .sleep(10), .call(Unlock(condition.mutex))]
    )
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["timed out", "free"])
  }

  @Test(arguments: Form.allCases) func `a wake-up is lost that comes too early`(form: Form) throws {
    let stage = Stage(form)
    let condition = try stage.condition("c", on: try stage.mutex("m"))
    try stage.task("waiter", [.yield, .yield, .yield] + waiter("waiter", condition))
    try stage.task("setter", notifier(condition))
    guard case .deadlock = stage.run() else {
      Issue.record("no deadlock")
      return
    }
    #expect(stage.texts == ["notified 0"])
    #expect(stage.scheduler.object(condition.id)?.summary == "of m; 0 woken, 1 notified in vain")
  }

  /// The bounded buffer with one condition, which deadlocks in some orders: the textbook's mistake.
  @Test(
    arguments: [
      (PolicyOf.rr(1), 55), (.rr(3), 53), (.fifo, nil),
    ] as [(PolicyOf, Tick?)]
  )
  func `one condition for two purposes`(policy: PolicyOf, end: Tick?) throws {
    let stage = Stage(.async, policy: policy.make())
    let condition = try stage.condition("c", on: try stage.mutex("m"))
    let mutex = condition.mutex
    let buffer = Buffer()
    for name in ["a", "b"] {
      try stage.scheduler.createTask(name) { os in
        for _ in 1...3 {
          try await os.lock(mutex)
          while buffer.items.isEmpty { try await os.wait(on: condition) }
          buffer.items.removeFirst()
          try await os.notify(condition)
          try await os.unlock(mutex)
          try await os.write("ate")
        }
      }
    }
    try stage.scheduler.createTask("producer") { os in
      for item in 1...6 {
        try await os.lock(mutex)
        while buffer.items.count == 1 { try await os.wait(on: condition) }
        buffer.items.append(item)
        try await os.notify(condition)
        try await os.unlock(mutex)
      }
    }
    let outcome = stage.run()
    if let end {
      #expect(outcome == .allFinished)
      #expect(stage.scheduler.now == end)
      #expect(stage.texts.count == 6)
    } else if case .deadlock = outcome {
      #expect(stage.scheduler.now == 17)
      #expect(stage.texts == ["ate"])
    } else {
      Issue.record("no deadlock")
    }
  }

  /// An `if` where a `while` belongs: another consumer is faster.
  @Test func `who was notified must look again`() throws {
    let stage = Stage(.async)
    let mutex = try stage.mutex("m")
    let full = try stage.condition("full", on: mutex)
    let buffer = Buffer()
    func consumer(_ name: String) throws {
      try stage.scheduler.createTask(name) { os in
        try await os.lock(mutex)
        if buffer.items.isEmpty { try await os.wait(on: full) }
        if buffer.items.isEmpty { return try await os.write("\(name): empty!") }
        buffer.items.removeFirst()
        try await os.compute()
        try await os.unlock(mutex)
        try await os.write("\(name) ate")
      }
    }
    try consumer("C1")
    try stage.scheduler.createTask("P") { os in
      try await os.lock(mutex)
      buffer.items.append(1)
      try await os.compute()
      try await os.notify(full)
      try await os.unlock(mutex)
    }
    try consumer("C2")
    stage.run()
    #expect(stage.texts.sorted() == ["C1: empty!", "C2 ate"])
    #expect(stage.schedule == "123122123231313")
  }

  private final class Buffer {
    var items: [Int] = []
  }

  enum PolicyOf: Sendable {
    case rr(Int)
    case fifo

    func make() -> any SchedulingPolicy {
      switch self {
      case .rr(let quantum): RoundRobin(quantum: quantum)
      case .fifo: FirstInFirstOut()
      }
    }
  }
}
