import CorosKernel
import CorosTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private let control = (c: "\u{03}", d: "\u{04}")
private let keys = (down: "\u{1B}OB", left: "\u{1B}OD")

/// Steppers at other terminals: the real program on two terminals, whose screens are read.
@Suite(.timeLimit(.minutes(15))) struct AttachedStepperTests {
  let home: AttachHome

  init() throws { home = try AttachHome() }

  private func screen(
    _ arguments: [String],
    columns: Int = 80,
    rows: Int = 24,
    type: String = "xterm"
  ) throws -> WatchedScreen {
    try WatchedScreen(
      corosProgram,
      arguments: arguments,
      environment: home.environment.merging(["TERM": type]) { $1 },
      columns: columns,
      rows: rows
    )
  }

  private func machine() throws -> WatchedScreen {
    let machine = try screen(["--attach", "lab"])
    try machine.wait(forText: "coros>")
    machine.send("spawn family; spawn clock 9 3; spawn count 9\r")
    try machine.wait(forText: "task 3:")
    return machine
  }

  private func open(
    _ arguments: String...,
    columns: Int = 80,
    rows: Int = 24
  ) throws -> WatchedScreen {
    let other = try screen(["attach"] + arguments, columns: columns, rows: rows)
    try other.wait(forText: "lab@")
    other.send("stepper\r")
    try other.wait(forText: " tick ")
    try other.wait(forText: "q quit")
    return other
  }

  /// Waits until the screen was given back, and the prompt is there.
  private func waitForPrompt(_ other: WatchedScreen) throws {
    try other.wait(for: "the prompt") {
      !$0.isAlternate && $0.isCursorShown && !$0.reportsMouse && $0.text.contains("lab@")
    }
  }

  @Test func `a watcher sees each step, in its own size, and a driver makes them`() throws {
    let machine = try machine()
    let watcher = try open(columns: 40, rows: 12)
    machine.send("spawn hello\r")
    try watcher.wait(forText: "hello")
    machine.send("step 2\r")
    try watcher.wait(forText: " tick 2")
    watcher.send("s")
    try watcher.wait(forText: "the terminal of the machine drives")
    let driver = try open("--take", columns: 120, rows: 40)
    driver.send("ss" + keys.left + "s" + "s")
    for screen in [watcher, driver] { try screen.wait(forText: " tick 5") }
    watcher.send(keys.down)
    try watcher.wait(for: "a selected task") { $0.markedLines.count == 1 }
    #expect(driver.screen.markedLines.isEmpty)
    #expect(watcher.screen.lines.allSatisfy { $0.count <= 40 })
    driver.send("q")
    try driver.wait(forText: "at tick 5; next:")
    try waitForPrompt(driver)
    watcher.send(":ps --at 2\r")
    try watcher.wait(forText: "TID")
    watcher.send("qq")
    try waitForPrompt(watcher)
    #expect(watcher.screen.unknown == [] && driver.screen.unknown == [])
    machine.send("clock\r")
    try machine.wait(forText: "\ntick 5")
  }

  @Test func `the machine's own stepper and another one drive in turn`() throws {
    let machine = try machine()
    let other = try open()
    machine.send("stepper\r")
    try machine.wait(forText: "q quit")
    machine.send("s")
    try other.wait(forText: " tick 1")
    other.send(":attach take\r")
    try other.wait(forText: "you drive")
    try machine.wait(forText: "drives now")
    other.send("ss")
    try machine.wait(forText: " tick 3")
    #expect(machine.screen.isAlternate && machine.screen.lines.first?.contains("drives") == true)
    other.send("++++++\r")
    try other.wait(forText: "running")
    try machine.wait(for: "later ticks") { $0.lines.first?.contains(" tick 3") == false }
    machine.send(keys.left)
    try other.wait(forText: "you watch")
    try other.wait(forText: "paused")
    other.send("q")
    machine.send("q")
    try waitForPrompt(other)
    try machine.wait(for: "the prompt") { !$0.isAlternate && $0.text.contains("at tick") }
  }

  @Test func `what runs is seen to run, and the machine's own prompt keeps up`() throws {
    let machine = try machine()
    let watcher = try open()
    machine.send("live on 50\r")
    try watcher.wait(for: "ticks of live mode") {
      $0.text.contains("running 50/s") && !$0.text.contains(" tick 0 ")
    }
    machine.send("live off\r")
    try watcher.wait(forText: "paused")
    let driver = try open("--take")
    machine.send("echo typed")
    try machine.wait(forText: "coros> echo typed")
    let tick = driver.screen.tick
    driver.send("sss")
    try machine.wait(forText: "\n\(tick + 3) coros> echo typed")
    driver.send("r")
    try watcher.wait(forText: "running 10/s")
    try machine.wait(for: "later ticks") {
      $0.text.contains("coros> echo typed") && !$0.text.contains("\n\(tick + 3) coros>")
    }
    driver.send("r")
    try watcher.wait(forText: "paused 10/s")
    // The prompt of an attached terminal keeps up as well.
    watcher.send("q")
    try waitForPrompt(watcher)
    try driver.wait(forText: "paused 10/s")
    let last = driver.screen.tick
    driver.send("s")
    try driver.wait(for: "a step") { $0.tick == last + 1 }
    try watcher.wait(forText: "lab@\(last + 1)>")
    machine.send("\r")
    try machine.wait(forText: "\ntyped\n")
  }

  @Test func `when the machine is killed, the other terminal is as it was`() throws {
    let machine = try machine()
    let other = try open()
    kill(machine.terminal.process, SIGKILL)
    #expect(try other.terminal.waitForExit() == .code(1))
    #expect(other.screen.text.contains("the machine has ended"))
    #expect(!other.screen.isAlternate && other.screen.isCursorShown && !other.screen.reportsMouse)
    #expect(other.terminal.hasSettings(of: other.terminal.firstSettings))
  }

  @Test func `when the other terminal is killed, the machine goes on`() throws {
    let machine = try machine()
    let other = try open("--take")
    other.send("++++++\r")
    try other.wait(forText: "running")
    kill(other.terminal.process, SIGKILL)
    try machine.wait(forText: "has left; you drive again")
    machine.send("clock\r")
    try machine.wait(for: "an answer") { $0.lines.contains { $0.hasPrefix("tick ") } }
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func `a signal gives the terminal back`(_ signal: Int32) throws {
    let machine = try machine()
    let other = try open()
    other.terminal.signal(signal)
    #expect(try other.terminal.waitForExit() == .code(128 + signal))
    #expect(!other.screen.isAlternate && other.screen.isCursorShown)
    #expect(other.terminal.hasSettings(of: other.terminal.firstSettings))
    machine.send("attach\r")
    try machine.wait(forText: "this terminal drives")
  }

  @Test func `Ctrl-C leaves it, and interrupts what drives the machine`() throws {
    let machine = try machine()
    let other = try open("--take")
    other.send(":spawn spin; run\r")
    try machine.wait(for: "a run") { _ in other.screen.text.contains(":spawn") == false }
    // It is at work by the time that this is said.
    try other.wait(forText: "the machine is at work")
    other.send(control.c)
    try other.wait(forText: "─ spawn spin; run (1 of")
    other.send("q")
    try other.wait(forText: "─ Events")
    other.send(control.c)
    try waitForPrompt(other)
    other.send(control.d)
    #expect(try other.terminal.waitForExit() == .code(0))
    #expect(other.terminal.hasSettings(of: other.terminal.firstSettings))
  }

  @Test func `it adapts to the window, however small`() throws {
    let machine = try machine()
    let other = try open()
    for (columns, rows) in [(40, 12), (200, 50), (1, 1), (80, 24)] {
      other.resize(columns: columns, rows: rows)
      try other.wait(for: "\(columns)x\(rows)") {
        columns == 1
          ? $0.text.count == 2
          : $0.lines.last?.contains("q quit") == true && $0.lines.first?.contains("paused") == true
      }
    }
    machine.send("step\r")
    try other.wait(forText: " tick 1")
  }

  @Test func `a terminal without a screen is told so, and goes on`() throws {
    let machine = try machine()
    let other = try screen(["attach"], type: "dumb")
    try other.wait(forText: "lab@0>")
    other.send("stepper\r")
    try other.wait(forText: "stepper cannot be shown")
    other.send("clock\r")
    try other.wait(forText: "\ntick 0")
    machine.send("exit\r")
    #expect(try other.terminal.waitForExit() == .code(1))
  }

  @Test func `after random keys of two at once both terminals are restored`() throws {
    let machine = try machine()
    let (driver, watcher) = (try open("--take"), try open())
    var random = RandomSource(seed: 7)
    let all =
      " ssbbrr++--ppkyynwwffnNg123<>?xyzKB:/[]e".map { String($0) } + ["\r", "\u{1B}", keys.down]
    for _ in 0..<300 {
      for screen in [driver, watcher] { screen.send(all[Int(random.next() % UInt64(all.count))]) }
    }
    for screen in [driver, watcher] {
      screen.send("\u{1B}\u{1B}?")
      try screen.wait(forText: "Keys, and the")
      screen.send("qq")
      try waitForPrompt(screen)
      screen.send(control.d)
      #expect(try screen.terminal.waitForExit() == .code(0))
      #expect(screen.terminal.hasSettings(of: screen.terminal.firstSettings))
    }
    machine.send("echo still here\r")
    try machine.wait(forText: "still here")
  }
}

extension ScreenReader {
  /// The tick that a stepper shows; -1 for none.
  fileprivate var tick: Int {
    let words = lines.first?.split(separator: " ") ?? []
    return words.count > 1 && words[0] == "tick" ? Int(words[1]) ?? -1 : -1
  }
}
