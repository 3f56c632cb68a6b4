import CorosKernel
import CorosSync
import CorosTestSupport
import Testing

/// Messages, links and monitors: what happens is what Erlang does with the same programs.
@Suite(.timeLimit(.minutes(15))) struct MailboxTests {
  private let stage = Stage(.async)
  private var scheduler: Scheduler { stage.scheduler }

  private func task(_ name: String = "task", _ body: @escaping TaskBody) throws {
    try scheduler.createTask(name, body)
  }

  private func status(_ tid: TaskID) -> CorosKernel.ExitStatus? {
    if case .exited(let status)? = scheduler.info(tid)?.state { status } else { nil }
  }

  /// Texts that begin with a prefix.
  private func beginning(_ prefix: String) -> (Message) -> String? {
    { message in
      message.value(String.self).flatMap { $0.hasPrefix(prefix) ? $0 : nil }
    }
  }

  // MARK: Messages

  @Test func `the first that fits is taken, and the others keep their order`() throws {
    try task { os in
      try await os.sleep(10)
      try await os.write(try await os.receive(matching: beginning("b")))
      for _ in 1...3 { try await os.write("\(try await os.receive())") }
    }
    try task { os in
      for text in ["a", "b1", "c", "b2"] { try await os.send(text, to: 1) }
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["b1", "a from 2", "c from 2", "b2 from 2"])
  }

  @Test func `a look that finds nothing leaves all in place`() throws {
    try task { os in
      try await os.sleep(5)
      do {
        _ = try await os.receive(timeout: 0, matching: beginning("x"))
      } catch SystemCallError.timedOut {
        try await os.write("nothing")
      }
      try await os.write("\(try await os.receive())")
    }
    try task { os in try await os.send("a", to: 1) }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["nothing", "a from 2"])
  }

  @Test func `other messages do not begin the time anew`() throws {
    try task { os in
      do {
        _ = try await os.receive(timeout: 40, matching: beginning("x"))
      } catch SystemCallError.timedOut {
        try await os.write("in time")
      }
      for _ in 1...2 { try await os.write("\(try await os.receive(timeout: 0))") }
    }
    try task { os in
      try await os.sleep(9)
      try await os.send("noise", to: 1)
      try await os.sleep(9)
      try await os.send("noise", to: 1)
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.output.hasPrefix("41:1:in time"))
    #expect(stage.texts == ["in time", "noise from 2", "noise from 2"])
  }

  @Test func `a message to one that waits for it goes past the mailbox`() throws {
    try task { os in try await os.write(try await os.receive(matching: beginning("b"))) }
    stage.run(steps: 1)
    #expect(try scheduler.perform(SendMessage("a", to: 1)))
    #expect(try scheduler.perform(SendMessage("b", to: 1)))
    #expect(scheduler.objects.map(\.summary) == ["1 message"])
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["b"])
    #expect(scheduler.objects.isEmpty)
  }

  @Test func `to a task that has ended nothing can be sent, and it is no error`() throws {
    try task { os in try await os.write("\(try await os.send(1, to: 77))") }
    try task { os in
      try await os.sleep(5)
      try await os.write("\(try await os.send(1, to: 1))")
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["false", "false"])
    #expect(throws: SystemCallError.self) { try scheduler.perform(ReceiveMessage()) }
  }

  @Test func `a full mailbox refuses the sender, and keeps what it has`() throws {
    let scheduler = Scheduler(limits: Limits(mailbox: 2))
    let log = EventLog(limit: 1_000)
    scheduler.add(log)
    try scheduler.createTask { os in
      try await os.sleep(10)
      for _ in 1...3 { try await os.write("\(try await os.receive(timeout: 30))") }
    }
    try scheduler.createTask { os in
      for number in 1...3 {
        do {
          try await os.send(number, to: 1)
        } catch let error as SyncError {
          try await os.write("\(error)")
        }
      }
      try await os.sleep(20)
      try await os.send(4, to: 1)
    }
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(
      log.output == [
        "the mailbox of task 1 is full", "1 from 2", "2 from 2", "4 from 2",
      ]
    )
  }

  @Test func `a flood of unwanted messages is looked at once`() throws {
    final class Counter { var looks = 0 }
    let counter = Counter()
    try task { os in
      _ = try await os.receive { message -> Int? in
        counter.looks += 1
        return message.value(Int.self).flatMap { $0 == 1_000 ? $0 : nil }
      }
    }
    try task { os in for number in 1...1_000 { try await os.send(number, to: 1) } }
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(counter.looks == 1_000)
  }

  // MARK: Questions

  @Test func `a question gets its answer, and a late answer goes nowhere`() throws {
    try task("server") { os in
      for _ in 1...3 {
        guard case .question(let value, let question) = try await os.receive() else { return }
        if let number = value as? Int, number == 2 { try await os.sleep(20) }
        let arrived = try await os.answer(question, with: "answer to \(value)")
        try await os.write("answered: \(arrived)")
      }
    }
    try task("client") { os in
      try await os.write(try await os.ask(1, of: 1))
      do {
        let text: String = try await os.ask(2, of: 1, timeout: 5)
        try await os.write(text)
      } catch SystemCallError.timedOut {
        try await os.write("too late")
      }
      try await os.write(try await os.ask(3, of: 1))
    }
    #expect(stage.run() == .allFinished)
    #expect(
      stage.texts == [
        "answer to 1", "answered: true", "too late", "answered: false", "answer to 3",
        "answered: true",
      ]
    )
  }

  @Test func `the end of the one that was asked is an answer, too`() throws {
    try task("server") { os in
      try await os.sleep(5)
      throw Boom()
    }
    for _ in 1...2 {
      try task("client") { os in
        do {
          let answer: Int = try await os.ask("how many", of: 1)
          try await os.write("\(answer)")
        } catch let error as SyncError {
          try await os.write("\(error)")
        }
      }
    }
    try task("late") { os in
      try await os.sleep(9)
      let answer: Int = try await os.ask("how many", of: 1)
      try await os.write("\(answer)")
    }
    stage.run()
    #expect(stage.texts == Array(repeating: "there is no answer: task 1 has ended", count: 2))
    #expect(status(4) == .failed("there is no answer: task 1 has ended"))
  }

  // MARK: Links

  private struct Boom: Error, CustomStringConvertible {
    var description: String { "boom" }
  }

  @Test func `a bad end takes the linked task along, with its status`() throws {
    try task("parent") { os in
      let child = try await os.newTask("child") { os in
        try await os.sleep(5)
        throw Boom()
      }
      try await os.link(with: child)
      try await os.sleep(100)
    }
    #expect(stage.run() == .allFinished)
    #expect(status(1) == .failed("boom"))
    #expect(status(2) == .failed("boom"))
    #expect(stage.ends[1] == stage.ends[2])
  }

  @Test func `a good end, and one after the link was ended, take nobody along`() throws {
    try task("parent") { os in
      try await os.link(with: try await os.newTask("good") { os in try await os.sleep(5) })
      let bad = try await os.newTask("bad") { os in
        try await os.sleep(5)
        throw Boom()
      }
      try await os.link(with: bad)
      try await os.write("\(try await os.unlink(from: bad)) \(try await os.unlink(from: bad))")
      try await os.sleep(100)
      try await os.write("alive")
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["true false", "alive"])
  }

  @Test func `who traps exits gets one message, however often it was linked`() throws {
    try task("parent") { os in
      try await os.trapExits()
      let child = try await os.newTask("child") { os in try await os.sleep(100) }
      try await os.link(with: child)
      try await os.link(with: child)
      let good = try await os.newTask("good") { os in }
      try await os.link(with: good)
      try await os.killTask(child)
      for _ in 1...2 { try await os.write("\(try await os.receive(timeout: 9))") }
    }
    stage.run()
    // The good one had ended before it could be linked.
    #expect(stage.texts == ["exit of 2: killed"])
    #expect(status(1) == .failed("timed out"))
  }

  @Test func `ends go down a chain in one tick`() throws {
    for index in 1...4 {
      try task("link") { os in
        if index > 1 { try await os.link(with: TaskID(rawValue: index - 1)) }
        try await os.sleep(10)
        if index == 4 { throw Boom() }
        try await os.sleep(100)
      }
    }
    let order = Endings()
    scheduler.add(order)
    #expect(stage.run() == .allFinished)
    #expect(order.tasks == [4, 3, 2, 1])
    #expect((1...4).allSatisfy { status(TaskID(rawValue: $0)) == .failed("boom") })
    #expect(Set(stage.ends.values).count == 1)
  }

  private final class Endings: Observer {
    let interests: Event.Kinds = .lives
    var tasks: [TaskID] = []
    func observe(_ event: Event) {
      if case .exited = event.action { tasks.append(event.task) }
    }
  }

  @Test func `a chain of a hundred thousand ends without a stack`() throws {
    struct Link: StateMachine {
      let previous: TaskID
      var isLinked = false
      mutating func resume(with resumption: Resumption) -> Trap {
        if case .failure(let error) = resumption { return .threw(error) }
        defer { isLinked = true }
        return isLinked ? .call(Sleep(10_000_000)) : .call(CorosSync.Link(with: previous))
      }
    }
    let scheduler = Scheduler(limits: Limits(keptStatuses: 200_000, objects: 200_000))
    for index in 1...100_000 {
      try scheduler.createTask("link", machine: Link(previous: TaskID(rawValue: max(1, index - 1))))
    }
    scheduler.run(ticks: 200_000)
    #expect(scheduler.liveTaskCount == 100_000)
    try scheduler.perform(KillTask(50_000))
    #expect(scheduler.liveTaskCount == 0)
    #expect(scheduler.objectCount == 0)
    #expect(scheduler.brokenInvariants() == [])
  }

  @Test func `a task that ends its own killer ends it with its status`() throws {
    try task("killer") { os in
      try await os.link(with: 2)
      try await os.killTask(2)
      try await os.write("never")
    }
    try task("victim") { os in try await os.sleep(100) }
    #expect(stage.run() == .allFinished)
    #expect(status(1) == .killed)
    #expect(stage.texts.isEmpty)
  }

  // MARK: Monitors

  @Test func `each monitor tells once, in the order in which they were made`() throws {
    try task("watcher") { os in
      let first = try await os.monitor(2)
      let second = try await os.monitor(2)
      let third = try await os.monitor(2)
      try await os.write("\(try await os.demonitor(second))")
      for _ in 1...2 {
        guard case .down(let monitor, let status) = try await os.receive() else { return }
        let which = monitor == first ? "first" : monitor == third ? "third" : "?"
        try await os.write("\(which): \(status.map { "\($0)" } ?? "")")
      }
      _ = try await os.monitor(2)
      try await os.write("\(try await os.receive(timeout: 0))")
    }
    try task("watched") { os in
      try await os.sleep(20)
      try await os.exit(3)
    }
    stage.run()
    #expect(
      stage.texts == ["true", "first: exited 3", "third: exited 3", "2 is down: no such task"]
    )
  }

  @Test func `last words come before the news of the end`() throws {
    try task("watcher") { os in
      _ = try await os.monitor(2)
      try await os.sleep(30)
      for _ in 1...2 { try await os.write("\(try await os.receive())") }
    }
    try task("watched") { os in
      try await os.sleep(5)
      try await os.send("last words", to: 1)
    }
    stage.run()
    #expect(stage.texts == ["last words from 2", "2 is down: exited 0"])
  }

  @Test func `the end of a watcher leaves nothing behind`() throws {
    try task("watched") { os in try await os.sleep(100) }
    for _ in 1...3 {
      try task("watcher") { os in
        _ = try await os.monitor(1)
        try await os.link(with: 1)
        try await os.unlink(from: 1)
      }
    }
    scheduler.run(ticks: 30)
    #expect(scheduler.objects.map(\.summary) == ["0 messages"])
    #expect(stage.run() == .allFinished)
    #expect(scheduler.objects.isEmpty)
  }
}
