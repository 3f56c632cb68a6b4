import CorosKernel
import CorosSync
import CorosTestSupport
import Testing

@Suite(.timeLimit(.minutes(15))) struct SupervisorTests {
  private let stage = Stage(.async)

  private struct Boom: Error, CustomStringConvertible {
    var description: String { "boom" }
  }

  /// Runs a supervisor of a, b and c, of which b crashes at the given ticks of its life, and which is cancelled at last.
  private func notes(
    _ strategy: Supervision.Strategy,
    crashes: Int = 1,
    restart: Supervision.Restart = .always
  ) throws -> [String] {
    var left = crashes
    let quiet: TaskBody = { os in try await os.sleep(1_000_000) }
    try stage.scheduler.createTask("supervisor") { os in
      try await os.supervise(
        [
          .init("a", quiet),
          .init("b", restart: restart) { os in
            try await os.sleep(20)
            if left > 0 {
              left -= 1
              throw Boom()
            }
            try await os.sleep(1_000_000)
          },
          .init("c", quiet),
        ],
        strategy,
        note: { act, name in try await os.write("\(act) \(name)") }
      )
    }
    stage.scheduler.run(ticks: 500)
    try stage.scheduler.perform(CancelTask(1, because: "shutdown"))
    #expect(stage.run() == .allFinished)
    #expect(stage.scheduler.objects.isEmpty)
    return stage.texts
  }

  @Test(arguments: [
    (Supervision.Strategy.oneForOne, ["start b"]),
    (.oneForAll, ["stop c", "stop a", "start a", "start b", "start c"]),
    (.restForOne, ["stop c", "start b", "start c"]),
  ])
  func `a crash is answered as the strategy says`(
    strategy: Supervision.Strategy,
    expected: [String]
  ) throws {
    let start = ["start a", "start b", "start c"]
    #expect(try notes(strategy) == start + expected + ["stop c", "stop b", "stop a"])
  }

  @Test func `a child that is not to be started again stays down`() throws {
    let notes = try notes(.oneForOne, restart: .never)
    #expect(notes == ["start a", "start b", "start c", "stop c", "stop a"])
  }

  @Test func `more crashes than allowed end the supervisor, and its children`() throws {
    try stage.scheduler.createTask("supervisor") { os in
      try await os.supervise(
        [.init("a") { os in try await os.sleep(1_000) }, .init("b") { os in throw Boom() }],
        restarts: 3,
        within: 1_000,
        note: { act, name in try await os.write("\(act) \(name)") }
      )
    }
    #expect(stage.run() == .allFinished)
    #expect(
      stage.texts == ["start a", "start b", "start b", "start b", "start b", "stop a"]
    )
    #expect(
      stage.scheduler.info(1)?.state
        == .exited(.failed("b ended (failed: boom) after 3 restarts within 1000 ticks"))
    )
  }

  @Test func `crashes that are far enough apart are answered for ever`() throws {
    let notes = try notes(.oneForOne, crashes: 9)
    #expect(notes.count { $0 == "start b" } == 10)
  }

  @Test func `a supervisor ends when all have ended well that are not started again`() throws {
    try stage.scheduler.createTask("supervisor") { os in
      try await os.supervise([
        .init("a", restart: .afterBadEnd) { os in try await os.sleep(3) },
        .init("b", restart: .never) { os in throw Boom() },
      ])
      try await os.write("done")
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["done"])
  }

  @Test func `a child's value is there when it has ended`() throws {
    try stage.scheduler.createTask { os in
      let good = try await os.newTask("good", returning: Int.self) { os in
        try await os.sleep(5)
        return 42
      }
      let bad = try await os.newTask("bad", returning: Int.self) { os in throw Boom() }
      try await os.write("\(try await good.value)")
      do {
        try await os.write("\(try await bad.value)")
      } catch {
        try await os.write("\(error)")
      }
      try await os.withGroup { group in
        let child = try await group.spawn(returning: String.self) { os in "in a group" }
        try await os.write(try await child.value)
      }
    }
    #expect(stage.run() == .allFinished)
    #expect(
      stage.texts == ["42", "task 3 returned no value: failed: boom", "in a group"]
    )
  }

  @Test func `a select takes messages, the ends of tasks among them`() throws {
    try stage.scheduler.createTask { os in
      let channel: Channel<Int> = try await os.channel("c")
      let watched = try await os.newTask("watched") { os in try await os.sleep(30) }
      _ = try await os.monitor(watched)
      for _ in 1...3 {
        let choice = try await os.select(
          .receive(from: channel),
          .message { $0.value(String.self) },
          .message { message in
            if case .down(let monitor, _) = message { "\(monitor.task) is down" } else { nil }
          }
        )
        let text = choice.received(Int.self).map { "\($0)" } ?? choice.message(String.self) ?? "?"
        try await os.write("\(choice.index ?? -1): \(text)")
      }
    }
    try stage.scheduler.createTask { os in
      try await os.send("unwanted".count, to: 1)
      try await os.sleep(9)
      try await os.send("text", to: 1)
      try await os.sleep(9)
      try await os.send(7, on: try await os.channel("c"))
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["1: text", "0: 7", "2: 3 is down"])
  }
}
