import CorosKernel
import CorosSync
import CorosTestSupport
import Testing

/// The pieces of Swift on the documentation's page.
@Suite(.timeLimit(.minutes(15))) struct SharingDocumentation {
  private final class Account {
    var balance = 0
  }

  private let scheduler = Scheduler()
  private let log = EventLog(.output)

  init() { scheduler.add(log) }

  @Test func `a lock keeps a change whole`() throws {
    let account = Account()
    for _ in 1...2 {
      try scheduler.createTask { os in
        let mutex = try await os.mutex("account")
        try await os.withLock(mutex) {
          let before = account.balance
          try await os.compute()
          account.balance = before + 10
        }
      }
    }
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(account.balance == 20)
  }

  @Test func `waiting for a change`() throws {
    let mutex = try scheduler.perform(MakeMutex("m"))
    let filled = try scheduler.perform(MakeCondition("filled", on: mutex))
    var buffer: [Int] = []
    var item = 0
    try scheduler.createTask { os in
      try await os.withLock(mutex) {
        while buffer.isEmpty { try await os.wait(on: filled) }
        item = buffer.removeFirst()
      }
    }
    try scheduler.createTask { os in
      try await os.withLock(mutex) {
        buffer.append(7)
        try await os.notify(filled)
      }
    }
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(item == 7)
  }

  @Test func `passing values`() throws {
    try scheduler.createTask { os in
      let stop = try await os.event("stop")
      let channel: Channel<String> = try await os.channel("line", capacity: 1)
      try await os.send("hello", on: channel)
      let choice = try await os.select(.receive(from: channel), .event(stop), timeout: 5)
      let greeting = choice.received(String.self)
      try await os.write(greeting ?? "nothing")
    }
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(log.output == ["hello"])
  }

  @Test func messages() throws {
    try scheduler.createTask { os in
      let echo = try await os.newTask { os in
        let text: String = try await os.receive(matching: { $0.value() })
        try await os.send(text + "!", to: 1)
        guard case .question(_, let question) = try await os.receive() else { return }
        try await os.answer(question, with: 7)
      }
      try await os.send("hello", to: echo)
      let text = try await os.receive(matching: { $0.value(String.self) })
      let count: Int = try await os.ask("how many", of: echo)
      try await os.write("\(text) \(count)")
    }
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(log.output == ["hello! 7"])
  }

  @Test func `tasks that belong together`() throws {
    try scheduler.createTask { os in
      try await os.withGroup { group in
        try await group.spawn("left") { os in try await os.sleep(5) }
        try await group.spawn("right") { os in try await os.sleep(9) }
      }
      let sum = try await os.newTask("sum", returning: Int.self) { os in 40 + 2 }.value
      try await os.write("\(sum)")
      try await os.supervise(
        [
          .init("cache") { os in try await os.sleep(1) },
          .init("server") { os in try await os.sleep(2) },
        ],
        .restForOne
      )
    }
    scheduler.run(ticks: 200)
    #expect(log.output == ["42"])
    // Those that end are started again.
    #expect(scheduler.liveTaskCount > 1)
    try scheduler.perform(CancelTask(1))
    #expect(scheduler.runEventLoop() == .allFinished)
  }

  @Test func `giving up`() throws {
    try scheduler.createTask { os in
      do {
        try await os.withTimeout(10) {
          try await os.sleep(1_000)
        }
      } catch SystemCallError.timedOut {
        try await os.withShield {
          try await os.sleep(5)
        }
      }
      try await os.sleep(100)
    }
    scheduler.run(ticks: 30)
    #expect(try scheduler.perform(CancelTask(1, because: "shutting down")))
    #expect(scheduler.runEventLoop() == .allFinished)
    let end = CorosKernel.ExitStatus.cancelled(by: .operator, reason: "shutting down")
    #expect(scheduler.info(1)?.state == .exited(end))
    #expect("\(end)" == "cancelled: shutting down")
  }
}
