import CorosKernel
import Testing

// Every piece of Swift in the documentation is also here, line for line, with a check of what the
// documentation says about it. `DocumentationSnippetTests` compares the two.

/// The README and `Embedding`.
@Suite struct EmbeddingDocumentation {
  /// Collects what a snippet prints.
  private final class Printer {
    private(set) var lines: [String] = []
    func callAsFunction(_ value: Any) { lines.append("\(value)") }
  }

  @Test func `the overview of the module`() throws {
    let scheduler = Scheduler()
    try scheduler.createTask("parent") { os in
      let child = try await os.newTask("child") { os in
        try await os.sleep(10)
      }
      try await os.waitTask(child)
    }
    let outcome = scheduler.runEventLoop()

    #expect(outcome == .allFinished)
    #expect(scheduler.now == 14)
    #expect(scheduler.idleTicks == 9)
    #expect(scheduler.info(1)?.accounting.dispatches == 3)
    #expect(scheduler.info(2)?.accounting.dispatches == 2)
  }

  @Test func `a whole program`() throws {
    let print = Printer()
    func adventure() throws {
      let scheduler = Scheduler()
      let log = EventLog(.output)
      scheduler.add(log)
      try scheduler.createTask("parent") { os in
        let child = try await os.newTask("child") { os in try await os.sleep(100) }
        let status = try await os.waitTask(child)
        try await os.write("task \(child): \(status?.description ?? "unknown")")
      }
      print(scheduler.runEventLoop())
      for event in log.events { print(event) }
    }

    try adventure()
    #expect(print.lines == ["allFinished", #"1 t103 #1 wrote("task 2: exited 0")"#])
  }

  @MainActor @Test func `a body inside code of the main actor`() throws {
    // The lost task cannot return: this test keeps the main actor busy.
    let scheduler = Scheduler(limits: Limits(graceMilliseconds: 10))
    try scheduler.createTask("greeter") { @Sendable os in
      try await os.write("hello")
    }
    let lost = try scheduler.createTask("lost") { os in
      try await os.write("hello")
    }
    scheduler.runEventLoop()
    #expect(scheduler.info(1)?.state == .exited(.exited(0)))
    #expect(
      scheduler.info(lost)?.state
        == .exited(
          .failed(
            "awaited something outside the kernel "
              + "(another executor, such as the main actor's, or real time)"
          )
        )
    )
  }

  @Test func `running for a while`() throws {
    let scheduler = Scheduler(policy: RoundRobin(quantum: 2))
    try scheduler.createTask("worker") { os in try await os.compute(3) }
    try scheduler.createTask("sleeper") { os in try await os.sleep(50) }

    scheduler.run(ticks: 10)
    #expect(scheduler.now == 10)
    #expect(scheduler.tasks().map(\.name) == ["sleeper"])
    #expect(scheduler.run { $0.liveTaskCount == 0 } == .conditionMet)
  }

  @Test func `a deadlock`() throws {
    let scheduler = Scheduler()
    try scheduler.createTask("hen") { os in try await os.waitTask(2) }
    try scheduler.createTask("egg") { os in try await os.waitTask(1) }

    var circles: [[TaskID]] = []
    if case .deadlock(let deadlock) = scheduler.runEventLoop() {
      circles = deadlock.circles
    }
    #expect(circles == [[1, 2]])
  }

  @Test func `the operator`() throws {
    let scheduler = Scheduler()
    let worker = try scheduler.createTask("worker") { os in
      try await os.sleep(5)
      try await os.exit(3)
    }
    let idler = try scheduler.createTask("idler") { os in
      while true { try await os.yield() }
    }
    #expect(try scheduler.perform(WaitTask(worker)) == .exited(3))
    #expect(try scheduler.perform(KillTask(idler)))
  }

  struct Countdown: StateMachine {
    var left: Int

    mutating func resume(with resumption: Resumption) -> Trap {
      if case .failure(let error) = resumption { return .threw(error) }
      guard left > 0 else { return .returned }
      defer { left -= 1 }
      return .call(Write("\(left)"))
    }
  }

  @Test func `a state machine`() throws {
    let scheduler = Scheduler()
    let log = EventLog(.output)
    scheduler.add(log)
    try scheduler.createTask("countdown", machine: Countdown(left: 3))
    let victim = try scheduler.createTask("victim", machine: Countdown(left: 3))
    scheduler.run(ticks: 2)
    #expect(try scheduler.perform(KillTask(victim)))
    scheduler.runEventLoop()
    #expect(log.events.map(\.action) == ["3", "3", "2", "1"].map { .wrote($0) })
    #expect(scheduler.info(victim)?.state == .exited(.killed))
  }

  @Test func `a checkpoint`() throws {
    let scheduler = Scheduler()
    try scheduler.createTask("countdown", machine: Countdown(left: 3))
    scheduler.step()
    let checkpoint = try scheduler.checkpoint()
    scheduler.runEventLoop()
    scheduler.restore(checkpoint)
    #expect(scheduler.now == 1)
    let log = EventLog(.output)
    scheduler.add(log)
    scheduler.runEventLoop()
    #expect(log.events.map(\.action) == ["2", "1"].map { .wrote($0) })
  }
}

/// `LifeOfASystemCall`.
@Suite struct LifeOfASystemCallDocumentation {
  @Test func `the events that an observer receives`() throws {
    let scheduler = Scheduler()
    let log = EventLog()
    scheduler.add(log)
    try scheduler.createTask("parent") { os in
      let status = try await os.waitTask(2)
      #expect(status == .exited(0))
    }
    try scheduler.createTask("child") { _ in }
    scheduler.runEventLoop()
    #expect(
      log.events.map(\.description).dropFirst(2) == [
        "3 t0 #1 dispatched",
        "4 t0 #1 trapped(WaitTask(task 2))",
        "5 t0 #1 blocked(on: task 2, until: nil)",
        "6 t1 #2 dispatched",
        "7 t1 #2 exited(exited 0)",
        #"8 t1 #1 woke(because: "task 2 ended (exited 0)")"#,
        "9 t1 #1 replied(exited 0)",
        "10 t2 #1 dispatched",
        "11 t2 #1 exited(exited 0)",
      ]
    )
  }

  @Test func `the call as shown`() throws {
    let scheduler = Scheduler()
    for _ in 1...2 {
      try scheduler.createTask { os in
        let status = try await os.waitTask(3)
        #expect(status == .exited(0))
      }
    }
    try scheduler.createTask { os in try await os.yield() }
    scheduler.run(ticks: 2)
    #expect(scheduler.waitQueues.map(\.reason) == [.task(3)])
    #expect(scheduler.waitQueues.map(\.tasks) == [[1, 2]])
    #expect(scheduler.runEventLoop() == .allFinished)
  }
}

/// `FromTheAncestor`: its five examples.
@Suite struct AncestorDocumentation {
  /// Collects what a snippet prints.
  private final class Printer {
    private(set) var lines: [String] = []
    func callAsFunction(_ value: Any) { lines.append("\(value)") }
  }
  private let print = Printer()

  @Test func `a coroutine resumed by hand`() throws {
    let print = self.print
    let greeter = AsyncCoroutine { os in
      print("one")
      try await os.yield()
      print("two")
      try await os.yield()
      print("three")
    }
    #expect(print.lines == [])
    guard case .short(.yield) = greeter.resume() else { throw Unexpected() }
    #expect(print.lines == ["one"])
    guard case .short(.yield) = greeter.resume() else { throw Unexpected() }
    #expect(print.lines == ["one", "two"])
    guard case .returned = greeter.resume() else { throw Unexpected() }
    #expect(greeter.hasEnded && print.lines == ["one", "two", "three"])
  }

  private struct Unexpected: Error {}

  @Test func `two endless tasks`() throws {
    let print = self.print
    let scheduler = Scheduler()
    try scheduler.createTask("foo") { os in
      while true {
        print("I'm foo")
        try await os.yield()
      }
    }
    try scheduler.createTask("bar") { os in
      while true {
        print("I'm bar")
        try await os.yield()
      }
    }
    scheduler.run(ticks: 4)  // I'm foo, I'm bar, I'm foo, I'm bar
    #expect(print.lines == ["I'm foo", "I'm bar", "I'm foo", "I'm bar"])
  }

  @Test func `one endless and one finite`() throws {
    let print = self.print
    let scheduler = Scheduler()
    try scheduler.createTask("foo") { os in
      while true {
        print("I'm foo")
        try await os.yield()
      }
    }
    try scheduler.createTask("bar") { os in
      for _ in 1...2 {
        print("I'm bar")
        try await os.yield()
      }
    }
    scheduler.run(ticks: 7)  // foo, bar, foo, bar, foo; the tick in which bar ends; foo
    #expect(
      print.lines == ["I'm foo", "I'm bar", "I'm foo", "I'm bar", "I'm foo", "I'm foo"]
    )
    #expect(scheduler.info(2)?.accounting.end == 6)
  }

  @Test func `two finite tasks`() throws {
    let print = self.print
    let scheduler = Scheduler()
    try scheduler.createTask("foo") { os in
      for _ in 1...3 {
        print("I'm foo")
        try await os.yield()
      }
    }
    try scheduler.createTask("bar") { os in
      for _ in 1...1 {
        print("I'm bar")
        try await os.yield()
      }
    }
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(print.lines == ["I'm foo", "I'm bar", "I'm foo", "I'm foo"])
  }

  @Test func `tasks that learn their own ids`() throws {
    let print = self.print
    func introduce(times: Int) -> TaskBody {
      { os in
        let me = try await os.getTid()
        for _ in 1...times {
          print("I am task \(me)")
          try await os.yield()
        }
      }
    }

    let scheduler = Scheduler()
    try scheduler.createTask("foo", introduce(times: 2))
    try scheduler.createTask("bar", introduce(times: 1))
    scheduler.runEventLoop()  // I am task 1, I am task 2, I am task 1
    #expect(print.lines == ["I am task 1", "I am task 2", "I am task 1"])
  }

  @Test func `the differences`() throws {
    let (one, other) = (Scheduler(), Scheduler())
    #expect(try one.createTask { _ in } == 1 && other.createTask { _ in } == 1)

    let scheduler = Scheduler()
    var refusal: (any Error)?
    var replies: [String] = []
    try scheduler.createTask("waits for itself") { os in
      do { try await os.waitTask(1) } catch { refusal = error }
    }
    try scheduler.createTask("looks for nobody") { os in
      let status = try await os.waitTask(99)
      let wasAlive = try await os.killTask(99)
      replies = ["\(status?.description ?? "none")", "\(wasAlive)"]
    }
    try scheduler.createTask("fails") { _ in throw Unexpected() }
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(refusal as? SystemCallError == .waitsForItself(1))
    #expect(replies == ["none", "false"])
    #expect(scheduler.info(3)?.state == .exited(.failed("Unexpected()")))
  }

  @Test func `a killed waiter leaves its queue`() throws {
    let scheduler = Scheduler()
    var notes: [String] = []
    try scheduler.createTask("waiter") { os in
      defer { notes.append("cleaned up") }
      try await os.waitTask(2)
    }
    try scheduler.createTask("endless") { os in
      while true { try await os.yield() }
    }
    try scheduler.createTask("killer") { os in
      try await os.killTask(1)
      notes.append("killed")
    }
    scheduler.run(ticks: 6)
    #expect(notes == ["cleaned up", "killed"])
    #expect(scheduler.waitQueues == [])
  }
}
