import CorosHistory
import CorosLanguage
import CorosServer
import CorosTestSupport
import Synchronization
import Testing

@testable import CorosKernel
@testable import CorosMonitor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A prompt that an app serves into its own machine.
@Suite(.timeLimit(.minutes(15))) struct MonitorTests {
  @Test func `those attached see the app's tasks, and its own words`() throws {
    let command = MonitorCommand(
      "orders",
      "how many orders wait",
      usage: "orders [KIND]",
      isLooking: true
    ) { words in "3 orders \(words)" }
    let stage = try MonitorStage(commands: [command])
    try stage.spawnCounter("billing")
    stage.machine.run(ticks: 5)
    let visitor = try stage.visitor()
    let table = stage.ask("ps", visitor)
    #expect(table.contains("billing") && table.contains("ready"))
    #expect(stage.ask("orders red", visitor) == "3 orders [\"red\"]\n")
    #expect(stage.ask("help orders", visitor).contains("orders [KIND]"))
    #expect(stage.ask("help", visitor).contains("how many orders wait"))
    #expect(stage.ask("why 1", visitor).contains("1"))
    stage.machine.run(ticks: 3)
    #expect(stage.ask("timeline", visitor).contains("billing"))
  }

  @Test func `a watcher changes nothing, and a driver does`() throws {
    var orders = 3
    let command = MonitorCommand("forget", "forget all orders", isLooking: false) { _ in
      orders = 0
      return ""
    }
    let stage = try MonitorStage(commands: [command])
    try stage.spawnCounter()
    let watcher = try stage.visitor(.watch, pid: 1)
    #expect(stage.ask("forget", watcher).contains("only the terminal that drives can `forget`"))
    #expect(stage.ask("kill 1", watcher).contains("only the terminal that drives"))
    #expect(orders == 3 && stage.machine.scheduler.liveTaskCount == 1)
    let driver = try stage.visitor(.drive, pid: 2)
    #expect(stage.ask("forget", driver) == "" && orders == 0)
    _ = stage.ask("kill 1; step", driver)
    #expect(stage.machine.scheduler.liveTaskCount == 0)
  }

  @Test func `a command of the app that fails says why`() throws {
    struct Closed: Error, CustomStringConvertible { var description: String { "it is closed" } }
    let command = MonitorCommand("open", "open it", isLooking: true) { _ in throw Closed() }
    let stage = try MonitorStage(commands: [command])
    let answer = stage.ask("open", try stage.visitor())
    #expect(answer.contains("it is closed") && answer.contains("usage: open"))
  }

  @Test(arguments: ["ps", "boo", "hold", "two words", "", "UP", "repeat"])
  func `a name that is taken, or no word, is refused`(_ name: String) {
    let command = MonitorCommand(name, "does something", isLooking: true) { _ in "" }
    #expect(throws: MonitorError.self) { try MonitorStage(commands: [command]) }
  }

  @Test func `going back is refused with the app's reason where its acts cannot run again`() throws
  {
    let stage = try MonitorStage(replaying: .never(because: "orders go to the bank"))
    try stage.spawnCounter()
    stage.machine.run(ticks: 5)
    let driver = try stage.visitor(.drive)
    _ = stage.ask("step 3", driver)
    for line in ["back", "goto 2", "ps --at 2", "when state(1) == ready", "rcontinue"] {
      let answer = stage.ask(line, driver)
      #expect(answer.contains("this machine cannot go back: orders go to the bank"), "\(line)")
    }
    #expect(stage.machine.scheduler.now == 8)
    // The present can be looked at.
    #expect(stage.ask("ps", driver).contains("counter"))
  }

  @Test func `where they can, the machine goes back and forth`() throws {
    let stage = try MonitorStage()
    try stage.spawnCounter()
    stage.machine.run(ticks: 5)
    let driver = try stage.visitor(.drive)
    #expect(stage.ask("back 3", driver).contains("at tick 2"))
    #expect(stage.machine.scheduler.now == 2)
    #expect(stage.ask("forward 3", driver).contains("at tick 5"))
  }

  @Test(arguments: ["reset", "load x", "explore", "replay x", "save x", "compare fifo", "live"])
  func `a command that needs a machine of its own is refused`(_ line: String) throws {
    let stage = try MonitorStage()
    try stage.spawnCounter()
    let driver = try stage.visitor(.drive)
    #expect(stage.ask(line, driver).contains("this one belongs to an app"))
    #expect(stage.machine.scheduler.liveTaskCount == 1)
  }

  // MARK: The stepper

  /// Sends what is done at a stepper, and returns the state that comes back.
  private func step(_ key: JSON?, _ stage: MonitorStage, _ visitor: LineConnection) -> JSON? {
    var request: [(String, JSON)] = [("width", 80), ("height", 24)]
    if let key { request.append(("key", key)) }
    visitor.send(["id": 1, "stepper": .object(request)])
    stage.monitor.service()
    for case .frame(let frame) in visitor.receive() {
      if let state = frame["stepper"] { return state }
    }
    return nil
  }

  @Test func `those attached have steppers, and the driver's keys move the app's machine`() throws {
    let stage = try MonitorStage()
    try stage.spawnCounter("billing")
    stage.machine.run(ticks: 5)
    let (driver, watcher) = (try stage.visitor(.drive, pid: 1), try stage.visitor(pid: 2))
    #expect(step(nil, stage, watcher)?["tick"] == 5)
    #expect(step("s", stage, watcher)?["tick"] == 5 && stage.machine.moment == 5)
    #expect(step("s", stage, driver)?["tick"] == 6 && stage.machine.moment == 6)
    #expect(step(nil, stage, watcher)?["tick"] == 6)
    #expect(step("left", stage, driver)?["tick"] == 5 && stage.machine.moment == 5)
    driver.close()
    watcher.close()
    stage.monitor.service()
    #expect(stage.machine.scheduler.observers.isEmpty)
  }

  @Test func `where an app cannot go back, neither can a stepper, and it steps all the same`()
    throws
  {
    let stage = try MonitorStage(replaying: .never(because: "orders go to the bank"))
    try stage.spawnCounter()
    stage.machine.run(ticks: 5)
    let driver = try stage.visitor(.drive)
    #expect(step(nil, stage, driver)?["message"] == .null)
    #expect(step("s", stage, driver)?["tick"] == 6)
    let state = try #require(step("left", stage, driver))
    #expect(state["tick"] == 6 && state["message"]?.text.contains("orders go to the bank") == true)
  }

  // MARK: What it costs

  @Test func `nobody listens to the machine before somebody attaches, and after they have left`()
    throws
  {
    let stage = try MonitorStage()
    try stage.spawnCounter()
    stage.monitor.service()
    #expect(stage.machine.scheduler.observers.isEmpty)
    let visitor = try stage.visitor()
    _ = stage.ask("ps", visitor)
    #expect(!stage.machine.scheduler.observers.isEmpty && stage.monitor.isAttended)
    visitor.close()
    stage.monitor.service()
    #expect(stage.machine.scheduler.observers.isEmpty && !stage.monitor.isAttended)
  }

  @Test func `the environment turns it off`() throws {
    let stage = try MonitorStage(environment: ["COROS_MONITOR": "off"])
    try stage.spawnCounter()
    #expect(stage.monitor.socket == nil && stage.monitor.descriptors.isEmpty)
    stage.monitor.service()
    #expect(stage.machine.run(ticks: 4, servicing: stage.monitor) == .limitReached)
  }

  @Test func `closing removes the socket, and a second monitor takes its name`() throws {
    let stage = try MonitorStage()
    let path = try #require(stage.monitor.socket)
    #expect(throws: MonitorError.self) {
      try Monitor(stage.machine, "lab", .allowed) { _ in stage.folder.path }
    }
    stage.monitor.close()
    #expect(access(path, F_OK) != 0 && stage.monitor.socket == nil)
    let second = try Monitor(stage.machine, "lab", .allowed) { name in
      name == "XDG_RUNTIME_DIR" ? stage.folder.path : nil
    }
    #expect(second.socket == path)
  }

  // MARK: Running

  @Test func `a line that changes something interrupts the run for a moment`() throws {
    let stage = try MonitorStage()
    try stage.spawnCounter()
    let driver = try stage.visitor(.drive)
    stage.send("stop 1", by: driver)
    // It would never end otherwise.
    let outcome = stage.machine.run(ticks: 1_000_000, servicing: stage.monitor)
    #expect(outcome != .limitReached)
    #expect(stage.heard(driver).isEmpty == false)
  }

  @Test func `an app is held, stepped and released`() throws {
    let stage = try MonitorStage()
    try stage.spawnCounter()
    let driver = try stage.visitor(.drive)
    #expect(stage.ask("hold", driver).contains("stands still at tick 0"))
    #expect(stage.monitor.isHeld)
    _ = stage.ask("step 2", driver)
    #expect(stage.machine.scheduler.now == 2)
    stage.send("release", by: driver)
    #expect(stage.machine.run(ticks: 10, servicing: stage.monitor) == .limitReached)
    #expect(stage.machine.scheduler.now == 12 && !stage.monitor.isHeld)
    #expect(stage.heard(driver) == "the app goes on\n")
    #expect(stage.ask("release", driver) == "the app was not held\n")
  }

  @Test func `whoever holds the app and leaves lets it go on`() throws {
    let stage = try MonitorStage()
    try stage.spawnCounter()
    let driver = try stage.visitor(.drive)
    _ = stage.ask("hold", driver)
    driver.close()
    #expect(stage.machine.run(ticks: 10, servicing: stage.monitor) == .limitReached)
  }

  @Test func `a run of the driver ends when the driver leaves`() throws {
    let stage = try MonitorStage()
    try stage.spawnCounter()
    let driver = try stage.visitor(.drive)
    stage.send("run", by: driver)
    driver.close()
    // It returns, although the task never ends.
    stage.monitor.service()
    #expect(stage.machine.scheduler.liveTaskCount == 1)
  }

  @Test func `a breakpoint of the driver holds the app until it is released`() throws {
    let stage = try MonitorStage()
    let driver = try stage.visitor(.drive)
    let watcher = try stage.visitor(.watch, pid: 8)
    try stage.machine.act("spawn") { scheduler in
      _ = try scheduler.createTask("speaker") { os in
        for _ in 1...4 { try await os.yield() }
        // In the step after which the clock arrives at the breakpoint.
        stage.send("release", by: driver)
        while true { try await os.yield() }
      }
    }
    _ = stage.ask("break tick 5", driver)
    #expect(stage.machine.run(ticks: 20, servicing: stage.monitor) == .limitReached)
    #expect(stage.machine.scheduler.now == 20)
    #expect(stage.heard(watcher).contains("held at breakpoint 1, tick 5; `release` goes on"))
    #expect(stage.heard(driver).contains("the app goes on"))
    // With nobody to see it, the app goes on.
    _ = stage.ask("break tick 25", driver)
    driver.close()
    #expect(stage.machine.run(ticks: 20, servicing: stage.monitor) == .limitReached)
    watcher.close()
    stage.monitor.service()
    #expect(stage.machine.breakpoints.all.isEmpty)
  }

  @Test func `a breakpoint of the app's own ends its run`() throws {
    let stage = try MonitorStage()
    try stage.spawnCounter()
    stage.machine.breakpoints.add(.tick(5))
    _ = try stage.visitor(.drive)
    #expect(stage.machine.run(ticks: 20, servicing: stage.monitor) == .breakpoint)
    #expect(stage.machine.scheduler.now == 5 && !stage.monitor.isHeld)
  }
}

/// Tasks that do not come back.
@Suite struct HeartbeatTests {
  private final class Time: Sendable {
    let now = Atomic(0)
  }

  private let time = Time()

  private func event(_ action: Event.Action) -> Event {
    Event(numbered: 1, tick: 0, task: 7, action: action)
  }

  @Test func `a step that takes too long is reported once, and so is its end`() {
    let time = time
    let heartbeat = Heartbeat(limit: 2_000) { time.now.load(ordering: .relaxed) }
    var reported: Int?
    time.now.store(100, ordering: .relaxed)
    heartbeat.observe(event(.dispatched))
    #expect(heartbeat.takeReturned() == nil)
    time.now.store(2_099, ordering: .relaxed)
    #expect(heartbeat.overdueTask(besides: &reported) == nil)
    time.now.store(2_200, ordering: .relaxed)
    let overdue = heartbeat.overdueTask(besides: &reported)
    #expect(overdue?.task == 7 && overdue?.milliseconds == 2_100)
    #expect(heartbeat.overdueTask(besides: &reported) == nil)
    #expect(heartbeat.takeReturned() == nil)
    heartbeat.observe(event(.exited(.exited(0))))
    #expect(heartbeat.takeReturned() == 7 && heartbeat.takeReturned() == nil)
  }

  @Test func `between two steps nobody is overdue`() {
    let time = time
    let heartbeat = Heartbeat(limit: 10) { time.now.load(ordering: .relaxed) }
    var reported: Int?
    heartbeat.observe(event(.dispatched))
    heartbeat.observe(event(.exited(.exited(0))))
    time.now.store(1_000, ordering: .relaxed)
    #expect(heartbeat.overdueTask(besides: &reported) == nil)
  }

  @Test func `a watched machine reports a task that does not come back`() async throws {
    let folder = try TemporaryFolder()
    let reports = AsyncStream.makeStream(of: Int.self)
    let machine = TimeMachine { Scheduler() }
    let monitor = try Monitor(
      machine,
      "stuck",
      .allowed,
      [],
      [],
      .milliseconds(20),
      { task, _ in reports.continuation.yield(task) }
    ) { $0 == "XDG_RUNTIME_DIR" ? folder.path : nil }
    let end = Time()
    try machine.act("spawn") { scheduler in
      _ = try scheduler.createTask("stuck") { _ in
        while end.now.load(ordering: .relaxed) == 0 { usleep(1_000) }
      }
    }
    let waiting = Task.detached {
      var reports = reports.stream.makeAsyncIterator()
      let task = await reports.next()
      end.now.store(1, ordering: .relaxed)
      return task
    }
    machine.run()
    #expect(await waiting.value == 1)
    monitor.close()
  }
}
