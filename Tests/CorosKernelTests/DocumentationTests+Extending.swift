import CorosKernel
import CorosTestSupport
import Testing

// MARK: WritingASystemCall

struct CountTasks: SystemCall {
  func handle(in kernel: KernelContext) -> Disposition<Int> {
    .reply(kernel.liveTaskCount)
  }
}

struct Mailbox: KernelObject {
  var letters: [String] = []

  var summary: String { "\(letters.count) letters" }
}

struct SendLetter: SystemCall {
  let letter: String
  let mailbox: Object<Mailbox>

  func arguments(in kernel: KernelContext) -> String {
    "\(letter) to \(kernel.name(of: mailbox))"
  }

  func handle(in kernel: KernelContext) -> Disposition<Void> {
    .catching {
      if let reader = kernel.firstWaiter(on: mailbox) {
        kernel.wake(reader, with: letter)
      } else {
        try kernel.change(mailbox) { $0.letters.append(letter) }
      }
      return .reply(())
    }
  }
}

struct ReceiveLetter: SystemCall {
  let mailbox: Object<Mailbox>
  var timeout: Tick?

  static var isGrant: Bool { true }

  func arguments(in kernel: KernelContext) -> String { "from \(kernel.name(of: mailbox))" }

  func handle(in kernel: KernelContext) -> Disposition<String> {
    .catching {
      let letter = try kernel.change(mailbox) { box in
        box.letters.isEmpty ? nil : box.letters.removeFirst()
      }
      if let letter { return .reply(letter) }
      let place = try kernel.place(in: mailbox)
      return .block(on: .object(place), until: try kernel.deadline(after: timeout))
    }
  }

  func takeBack(_ letter: String?, in kernel: KernelContext) {
    guard let letter else { return }
    if let reader = kernel.firstWaiter(on: mailbox) {
      kernel.wake(reader, with: letter)
    } else {
      _ = try? kernel.change(mailbox) { $0.letters.insert(letter, at: 0) }
    }
  }
}

extension SystemInterface {
  nonisolated(nonsending) func send(
    _ letter: String,
    to mailbox: Object<Mailbox>
  ) async throws {
    try await call(SendLetter(letter: letter, mailbox: mailbox))
  }

  nonisolated(nonsending) func receive(
    from mailbox: Object<Mailbox>,
    timeout: Tick? = nil
  ) async throws -> String {
    try await call(ReceiveLetter(mailbox: mailbox, timeout: timeout))
  }
}

@Suite struct WritingASystemCallDocumentation {
  private let scheduler = Scheduler()
  private let log = EventLog([.output, .calls])

  init() { scheduler.add(log) }

  @Test func `the smallest call`() throws {
    var count = 0
    try scheduler.createTask { os in count = try await os.call(CountTasks()) }
    scheduler.runEventLoop()
    #expect(count == 1)
    #expect(try scheduler.perform(CountTasks()) == 0)
  }

  @Test func `a letter reaches its reader`() throws {
    let mailbox = try scheduler.perform(MakeObject(Mailbox(), named: "letters"))
    try scheduler.createTask("reader") { os in
      let letter = try await os.receive(from: mailbox)
      try await os.write("read: \(letter)")
    }
    try scheduler.createTask("writer") { os in
      try await os.send("hello", to: mailbox)
    }

    scheduler.step()
    #expect(scheduler.waitQueues.map(\.reason.description) == ["letters"])
    #expect(scheduler.waitQueues.map(\.tasks) == [[1]])
    #expect(scheduler.runEventLoop() == .allFinished)
    let actions = log.events.map(\.action)
    #expect(actions.contains(.wrote("read: hello")))
    let traps = actions.compactMap { if case .trapped(let call) = $0 { "\(call)" } else { nil } }
    #expect(
      traps == [
        "MakeObject(mailbox letters)",
        "ReceiveLetter(from letters)", "SendLetter(hello to letters)", #"Write("read: hello")"#,
      ]
    )
  }

  @Test func `a reader times out, is killed, or waits for ever`() throws {
    let mailbox = try scheduler.perform(MakeObject(Mailbox(), named: "letters"))
    try scheduler.createTask("impatient") { os in
      _ = try await os.receive(from: mailbox, timeout: 5)
    }
    let victim = try scheduler.createTask("victim") { os in
      _ = try await os.receive(from: mailbox)
    }
    try scheduler.createTask("patient") { os in
      _ = try await os.receive(from: mailbox)
    }
    scheduler.run(ticks: 10)
    #expect(scheduler.info(1)?.state == .exited(.failed("timed out")))
    #expect(try scheduler.perform(KillTask(victim)))
    #expect(scheduler.waitQueues.map(\.reason.description) == ["letters"])
    #expect(scheduler.waitQueues.map(\.tasks) == [[3]])
    guard case .deadlock(let deadlock) = scheduler.runEventLoop() else {
      Issue.record("no deadlock")
      return
    }
    #expect(deadlock.blocked.map(\.reason.description) == ["letters"])
  }
}

extension WritingASystemCallDocumentation {
  @Test func `a letter for a reader that is killed comes back`() throws {
    let mailbox = try scheduler.perform(MakeObject(Mailbox(), named: "letters"))
    let reader = try scheduler.createTask("reader") { os in
      _ = try await os.receive(from: mailbox)
    }
    scheduler.step()
    try scheduler.perform(SendLetter(letter: "hello", mailbox: mailbox))
    #expect(scheduler.value(of: mailbox)?.letters == [])
    try scheduler.perform(KillTask(reader))
    #expect(scheduler.value(of: mailbox)?.letters == ["hello"])
    #expect(scheduler.object(mailbox.id)?.summary == "1 letters")
  }

  @Test func `a box goes back in time with the machine`() throws {
    let mailbox = try scheduler.perform(MakeObject(Mailbox(), named: "letters"))
    let before = try scheduler.checkpoint()
    try scheduler.perform(SendLetter(letter: "hello", mailbox: mailbox))
    #expect(scheduler.value(of: mailbox)?.letters == ["hello"])
    scheduler.restore(before)
    #expect(scheduler.value(of: mailbox)?.letters == [])
  }
}

// MARK: WritingAnObserver

final class GanttChart: Observer {
  let interests: Event.Kinds = .dispatches
  private var ticks: [(task: TaskID, tick: Tick)] = []

  func observe(_ event: Event) {
    ticks.append((event.task, event.tick))
  }

  var picture: String {
    let length = (ticks.last?.tick ?? -1) + 1
    return Set(ticks.map(\.task)).sorted().map { task in
      var row = [Character](repeating: ".", count: length)
      for place in ticks where place.task == task { row[place.tick] = "#" }
      return "\(task) \(String(row))"
    }.joined(separator: "\n")
  }
}

@Suite struct WritingAnObserverDocumentation {
  private let scheduler = Scheduler()

  @Test func `a chart`() throws {
    let log = EventLog([.lives, .output], limit: 100)
    scheduler.add(log)

    let chart = GanttChart()
    scheduler.add(chart)
    try scheduler.createTask("long") { os in try await os.compute(4) }
    try scheduler.createTask("short") { os in try await os.compute(1) }
    scheduler.runEventLoop()

    #expect(
      chart.picture == """
        1 #.#.###
        2 .#.#...
        """
    )
    #expect(log.events.count == 4)
  }
}

// MARK: Determinism

@Suite struct DeterminismDocumentation {
  @Test func `dice`() throws {
    func throwDice(seed: UInt64) throws -> [Event] {
      let scheduler = Scheduler(seed: seed)
      let log = EventLog()
      scheduler.add(log)
      for player in ["Ada", "Grace"] {
        try scheduler.createTask(player) { os in
          let eyes = 1 + (try await os.random(below: 6))
          try await os.sleep(eyes)
          try await os.write("\(player) threw \(eyes)")
        }
      }
      scheduler.runEventLoop()
      return log.events
    }

    #expect(try throwDice(seed: 7) == throwDice(seed: 7))
    let runs = try (0..<20).map { try throwDice(seed: $0) }
    #expect(Set(runs).count > 1)
  }
}

// MARK: AwaitingSomethingOutside

func double(_ number: Int) async -> Int { 2 * number }

@Suite struct AwaitingSomethingOutsideDocumentation {
  @Test func `refused`() throws {
    let scheduler = Scheduler()
    let task = try scheduler.createTask("impatient") { os in
      try await Task.sleep(for: .seconds(1))
    }
    scheduler.runEventLoop()
    #expect(scheduler.info(task)?.state.word == "exited")
    guard case .exited(.failed(let message))? = scheduler.info(task)?.state else {
      Issue.record("it did not fail")
      return
    }
    #expect(
      message == "awaited something outside the kernel "
        + "(another executor, such as the main actor's, or real time)"
    )
  }

  @Test func `parked`() throws {
    let scheduler = Scheduler(foreignAwaits: .park)
    let task = try scheduler.createTask("patient") { os in
      try await Task.sleep(for: .milliseconds(1))
      try await os.write("back again")
    }
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(scheduler.info(task)?.state == .exited(.exited(0)))
  }

  @Test func `killed while outside`() throws {
    let scheduler = Scheduler(foreignAwaits: .park)
    let task = try scheduler.createTask("away") { _ in
      try await Task.sleep(for: .seconds(3600))
    }
    scheduler.step()
    #expect(scheduler.step() == .stalled(.outside([task])))
    #expect(try scheduler.perform(KillTask(task)))
    #expect(scheduler.info(task)?.state == .exited(.killed))
    #expect(scheduler.shutdown() == 0)
  }

  @Test func `not outside`() throws {
    let scheduler = Scheduler()
    let log = EventLog(.output)
    scheduler.add(log)
    try scheduler.createTask("parallel in name only") { os in
      async let one = double(20)
      async let other = double(1)
      try await os.write("\(await one + other)")
    }
    try scheduler.createTask("parent of a trapping child") { os in
      async let tid = os.getTid()
      do { _ = try await tid } catch { try await os.write("\(error)") }
    }
    scheduler.runEventLoop()
    #expect(
      log.events.map(\.action) == [
        .wrote("42"),
        .wrote(
          "a system call from a child task or another thread: only the task's own body can trap"
        ),
      ]
    )
  }
}

// MARK: WritingAPolicy

struct LeastServed: SchedulingPolicy {
  let description = "least-served"
  let interests: PolicyInterests = [.tasks, .turns]
  let rule = "the task that has had the least CPU goes first"
  private(set) var order: [TaskHandle] = []
  private var served: [Int: Tick] = [:]

  mutating func admit(_ task: TaskHandle, _ parameters: SchedulingParameters, ran: Tick) {
    served[task.index] = ran
  }

  mutating func endTurn(of task: TaskHandle, after ticks: Tick, _ end: TurnEnd) {
    served[task.index, default: 0] += ticks
  }

  mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    let place = order.firstIndex { ticks(of: $0) > ticks(of: task) }
    order.insert(task, at: place ?? order.endIndex)
  }

  mutating func remove(_ task: TaskHandle) { order.removeAll { $0 == task } }

  mutating func next(at now: Tick) -> Choice? {
    order.isEmpty ? nil : Choice(order.removeFirst(), slice: 1)
  }

  func sortKey(of task: TaskHandle, after ticks: Tick) -> String? {
    "\(self.ticks(of: task) + ticks) ticks so far"
  }

  private func ticks(of task: TaskHandle) -> Tick { served[task.index, default: 0] }
}

@Suite struct WritingAPolicyDocumentation {
  @Test func `the task with the least CPU runs next`() throws {
    let scheduler = Scheduler(policy: LeastServed())
    let timeline = Timeline()
    scheduler.add(timeline)
    try scheduler.createTask("early") { os in try await os.compute(5) }
    try scheduler.createTask("late", at: 3) { os in try await os.compute(2) }
    #expect(scheduler.sortKey(of: 1) == "0 ticks so far")
    #expect(scheduler.sortKey(of: 2) == nil)
    scheduler.runEventLoop()
    #expect(timeline.picture == ["early: ###---###", "late:    ###"])
    #expect(scheduler.policyRule == "the task that has had the least CPU goes first")
  }
}
