import CorosKernel
import CorosSync
import Testing

@Suite(.timeLimit(.minutes(15))) struct ChannelTests {
  private func channel(_ stage: Stage, _ capacity: Int, _ name: String = "c") throws -> Channel<Int>
  {
    try stage.scheduler.perform(MakeChannel<Int>(name, capacity: capacity))
  }

  private func sending(_ values: [Int], _ channel: Channel<Int>) -> [Act] {
    values.flatMap {
      value -> [Act] in
      [
        .call(Send(value, on: channel)), .tell { $0.hasFailed ? "\($0)" : "sent \(value)" },
      ]
    }
  }

  private func receiving(_ count: Int, _ channel: Channel<Int>, _ name: String = "") -> [Act] {
    Array(
      repeatElement(
        [
          .call(Receive(from: channel)),
          .tell { outcome in
            if case .reply(let reply) = outcome, let item = (reply as? Received<Int>?) ?? nil {
              return "\(name)got \(item)"
            }
            return "\(name)nil"
          },
        ],
        count: count
      ).joined()
    )
  }

  @Test(arguments: Form.allCases) func `with no room, sender and receiver meet`(form: Form) throws {
    let stage = Stage(form)
    let channel = try channel(stage, 0)
    try stage.task("s1", sending([1], channel))
    try stage.task("s2", sending([2], channel))
    try stage.task("r", receiving(2, channel))
    #expect(stage.run() == .allFinished)
    #expect(stage.output == "3:1:sent 1 4:3:got 1 7:2:sent 2 8:3:got 2")
  }

  @Test(arguments: Form.allCases) func `with room, senders run ahead`(form: Form) throws {
    let stage = Stage(form)
    let channel = try channel(stage, 2)
    try stage.task("s", sending([1, 2, 3, 4], channel))
    try stage.task("r", receiving(4, channel))
    #expect(stage.run() == .allFinished)
    #expect(Array(stage.texts.prefix(4)) == ["sent 1", "got 1", "sent 2", "got 2"])
  }

  @Test(arguments: Form.allCases) func `what is in a closed channel is still received`(
    form: Form
  ) throws {
    let stage = Stage(form)
    let channel = try channel(stage, 5)
    try stage.task(
      "s",
      [
        .call(Send(1, on: channel)), .call(Send(2, on: channel)), .call(Close(channel)), .tell,
        .call(Close(channel)), .tell,
      ] + receiving(3, channel) + sending([9], channel)
    )
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["true", "false", "got 1", "got 2", "nil", "c is closed"])
  }

  @Test(arguments: Form.allCases) func `closing ends the waits of both sides`(form: Form) throws {
    let stage = Stage(form)
    let channel = try channel(stage, 1)
    try stage.task("s1", sending([1, 2], channel))
    try stage.task("s2", sending([3], channel))
    try stage.task("closer", [.sleep(9), .call(Close(channel))] + receiving(2, channel))
    #expect(stage.run() == .allFinished)
    #expect(
      stage.texts.sorted()
        == ["c is closed", "c is closed", "got 1", "nil", "sent 1"]
    )
    let other = Stage(form)
    let empty = try self.channel(other, 0)
    try other.task("A", receiving(1, empty, "A "))
    try other.task("B", receiving(1, empty, "B "))
    try other.task("closer", [.sleep(9), .call(Close(empty))])
    #expect(other.run() == .allFinished)
    #expect(other.texts == ["A nil", "B nil"])
  }

  @Test(arguments: Form.allCases)
  func `a value for a receiver that is killed goes to the next, or back`(form: Form) throws {
    let stage = Stage(form)
    let channel = try channel(stage, 0)
    try stage.task("A", receiving(1, channel, "A "))
    try stage.task("B", receiving(1, channel, "B "))
    stage.run(steps: 2)
    try stage.scheduler.perform(Send(7, on: channel))
    try stage.kill(1)
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["B got 7"])
  }

  @Test(arguments: Form.allCases) func `values that come back are in the order of sending`(
    form: Form
  ) throws {
    let stage = Stage(form)
    let channel = try channel(stage, 1)
    for name in ["A", "B"] { try stage.task(name, receiving(1, channel, name)) }
    stage.run(steps: 2)
    for value in 1...3 { try stage.scheduler.perform(Send(value, on: channel)) }
    try stage.kill(1)
    try stage.kill(2)
    #expect(stage.scheduler.object(channel.id)?.summary == "3 of 1, open")
    try stage.task("C", receiving(3, channel))
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["got 1", "got 2", "got 3"])
  }

  @Test(arguments: Form.allCases) func `who gives up has sent nothing`(form: Form) throws {
    let stage = Stage(form)
    let channel = try channel(stage, 0)
    try stage.task("s", [.call(Send(1, on: channel, timeout: 3)), .tell])
    try stage.task("r", [.sleep(9), .call(Receive(from: channel, timeout: 3)), .tell])
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["timed out", "timed out"])
  }

  @Test func `channels of one name carry values of one type`() throws {
    let scheduler = Scheduler()
    try scheduler.perform(MakeChannel<Int>("c"))
    #expect(throws: SystemCallError.otherObject(kind: "channel", name: "c")) {
      try scheduler.perform(MakeChannel<String>("c"))
    }
    #expect(throws: SystemCallError.self) { try scheduler.perform(MakeChannel<Int>(capacity: -1)) }
  }

  @Test func `many values pass in order through any room`() throws {
    for capacity in [0, 1, 3, 100] {
      let stage = Stage(.async)
      let channel = try channel(stage, capacity)
      var got: [Int] = []
      try stage.scheduler.createTask { os in
        for number in 1...50 { try await os.send(number, on: channel) }
        try await os.close(channel)
      }
      try stage.scheduler.createTask { os in
        while let number = try await os.receive(from: channel) { got.append(number) }
      }
      #expect(stage.run() == .allFinished)
      #expect(got == Array(1...50))
    }
  }
}

@Suite(.timeLimit(.minutes(15))) struct SelectTests {
  private func channels(_ stage: Stage) throws -> (Channel<Int>, Channel<Int>) {
    (
      try stage.scheduler.perform(MakeChannel<Int>("a", capacity: 5)),
      try stage.scheduler.perform(MakeChannel<Int>("b", capacity: 5))
    )
  }

  @Test(arguments: Form.allCases) func `of several that are there the first written comes`(
    form: Form
  ) throws {
    let stage = Stage(form)
    let (a, b) = try channels(stage)
    try stage.scheduler.perform(Send(2, on: b))
    try stage.scheduler.perform(Send(1, on: a))
    try stage.task("S", [.call(Select([.receive(from: a), .receive(from: b)])), .tell])
    stage.run()
    #expect(stage.texts == ["the first: 1"])
    #expect(stage.scheduler.object(b.id)?.summary == "1 of 5, open")
  }

  @Test(arguments: Form.allCases) func `one ticket stands in all queues, and leaves all`(
    form: Form
  ) throws {
    let stage = Stage(form)
    let (a, b) = try channels(stage)
    let select = Select([.receive(from: a), .receive(from: b)])
    try stage.task("S", [.call(select), .tell])
    stage.run(steps: 1)
    #expect(stage.waiters(a.id) == [1])
    #expect(stage.waiters(b.id) == [1])
    #expect(stage.scheduler.info(1)?.state.word == "waiting")
    try stage.scheduler.perform(Send(7, on: b))
    #expect(stage.waiters(a.id) == [])
    #expect(stage.waiters(b.id) == [])
    try stage.scheduler.perform(Send(8, on: a))
    stage.run()
    #expect(stage.texts == ["the second: 7"])
    #expect(stage.scheduler.object(a.id)?.summary == "1 of 5, open")
  }

  @Test(arguments: Form.allCases) func `whose time is up has left all queues`(form: Form) throws {
    let stage = Stage(form)
    let (a, b) = try channels(stage)
    try stage.task(
      "S",
      [.call(Select([.receive(from: a), .receive(from: b)], timeout: 4)), .tell]
    )
    stage.run()
    #expect(stage.texts == ["none"])
    try stage.scheduler.perform(Send(1, on: a))
    try stage.scheduler.perform(Send(2, on: b))
    #expect(stage.scheduler.object(a.id)?.summary == "1 of 5, open")
    #expect(stage.scheduler.object(b.id)?.summary == "1 of 5, open")
  }

  @Test(arguments: Form.allCases) func `killed with a value in hand, it gives the value back`(
    form: Form
  ) throws {
    let stage = Stage(form)
    let (a, b) = try channels(stage)
    let semaphore = try stage.semaphore("s", 0)
    try stage.task("S", [.call(Select([.receive(from: a), .acquire(semaphore)])), .tell])
    try stage.task("T", [.call(Select([.receive(from: b), .acquire(semaphore)])), .tell])
    stage.run(steps: 2)
    try stage.scheduler.perform(Send(7, on: a))
    try stage.kill(1)
    #expect(stage.scheduler.object(a.id)?.summary == "1 of 5, open")
    try stage.scheduler.perform(Release(semaphore))
    try stage.kill(2)
    #expect(stage.scheduler.object(semaphore.id)?.summary == "1 left")
  }

  @Test(arguments: Form.allCases) func `a closed channel is there, and a select may send`(
    form: Form
  ) throws {
    let stage = Stage(form)
    let (a, b) = try channels(stage)
    let meet = try stage.scheduler.perform(MakeChannel<Int>("meet"))
    try stage.scheduler.perform(Close(b))
    try stage.task("S", [.call(Select([.receive(from: a), .receive(from: b)])), .tell])
    try stage.task("T", [.call(Select([.send(5, on: meet), .receive(from: a)])), .tell])
    try stage.task("R", [.call(Receive(from: meet)), .tell { "got \($0.mark)" }])
    try stage.task("U", [.call(Select([.send(5, on: b)])), .tell])
    #expect(stage.run() == .allFinished)
    #expect(
      stage.texts.sorted() == ["b is closed", "got 5", "the first", "the second"]
    )
  }

  @Test(arguments: Form.allCases) func `events, and no waiting`(form: Form) throws {
    let stage = Stage(form)
    let (a, _) = try channels(stage)
    let event = try stage.scheduler.perform(MakeEvent("stop"))
    try stage.task(
      "S",
      [
        .call(Select([.receive(from: a), .event(event)], waits: false)), .tell,
        .call(Select([.receive(from: a), .event(event)])), .tell,
        .call(Select([])), .tell,
      ]
    )
    try stage.task("T", [.sleep(5), .call(SetEvent(event))])
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["none", "the second", "a select without an alternative"])
  }

  @Test func `chance decides fairly, and the same each time`() throws {
    func shares() throws -> [Int] {
      let scheduler = Scheduler(seed: 5)
      let a = try scheduler.perform(MakeChannel<Int>("a", capacity: 1))
      let b = try scheduler.perform(MakeChannel<Int>("b", capacity: 1))
      try scheduler.perform(Close(a))
      try scheduler.perform(Close(b))
      var counts = [0, 0]
      try scheduler.createTask { os in
        for _ in 1...10_000 {
          let choice = try await os.select(.receive(from: a), .receive(from: b), isFair: true)
          counts[choice.index ?? 0] += 1
        }
      }
      scheduler.runEventLoop()
      return counts
    }
    let counts = try shares()
    #expect((4_850...5_150).contains(counts[0]))
    #expect(try shares() == counts)
  }
}
