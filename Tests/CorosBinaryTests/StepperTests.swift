import CorosKernel
import CorosTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private let control = (c: "\u{03}", z: "\u{1A}")
private let keys = (up: "\u{1B}OA", down: "\u{1B}OB", right: "\u{1B}OC", left: "\u{1B}OD")

/// The stepper of the real program on a pseudo terminal, whose screen is read.
@Suite struct StepperTests {
  let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func start(
    _ commands: String = "spawn family; spawn clock 9 3; spawn count 9; spawn circle",
    environment: [String: String] = [:],
    columns: Int = 80,
    rows: Int = 24
  ) throws -> WatchedScreen {
    let watched = try WatchedScreen(
      corosProgram,
      environment: ["HOME": home.path].merging(environment) { $1 },
      columns: columns,
      rows: rows
    )
    try watched.waitForPrompt()
    watched.send(commands + "\r")
    try watched.wait(forText: "task 1:")
    return watched
  }

  private func open(
    environment: [String: String] = [:],
    columns: Int = 80,
    rows: Int = 24
  ) throws -> WatchedScreen {
    let watched = try start(environment: environment, columns: columns, rows: rows)
    watched.send("stepper\r")
    try watched.wait(forText: "tick 0")
    return watched
  }

  @Test(arguments: [(40, 12), (80, 24), (300, 100)])
  func `it opens, steps, and returns to the prompt`(_ columns: Int, _ rows: Int) throws {
    let watched = try open(columns: columns, rows: rows)
    try watched.wait(for: "the last line") { $0.lines.last?.contains("q quit") == true }
    #expect(watched.screen.isAlternate && !watched.screen.isCursorShown)
    #expect(watched.screen.lines.contains { $0.hasPrefix("─ Tasks ──") })
    watched.send("s" + keys.right + " ")
    try watched.wait(forText: "tick 3")
    try watched.wait(forText: "3 count writes \"1\"")
    watched.send(keys.left)
    try watched.wait(forText: "tick 2")
    watched.send(keys.down)
    try watched.wait(for: "a selected task") { $0.markedLines.count == 1 }
    watched.send("q")
    try watched.wait(forText: "at tick 2; next: task 3 (count)")
    // Directly below the command.
    let command = watched.screen.lines.lastIndex { $0.hasPrefix("coros> stepper") } ?? -1
    #expect(watched.screen.lines[command + 1].hasPrefix("at tick 2"))
    #expect(!watched.screen.isAlternate && watched.screen.isCursorShown)
    watched.send("clock\r")
    try watched.wait(for: "an answer") { screen in
      screen.lines.contains { $0.hasPrefix("tick 2; the next timer") }
    }
    #expect(watched.screen.unknown == [])
  }

  @Test func `the mouse selects a task and rolls the events, and is given back`() throws {
    let watched = try open()
    try watched.wait(forText: "q quit")
    #expect(watched.screen.reportsMouse)
    watched.send("ssssss")
    try watched.wait(forText: "tick 6")
    let row = try #require(watched.screen.lines.firstIndex { $0.contains("3 count") })
    // Reports of a button: where, and that it was pressed and let go.
    func report(_ button: Int, _ column: Int, _ row: Int) -> String {
      "\u{1B}[<\(button);\(column + 1);\(row + 1)M\u{1B}[<\(button);\(column + 1);\(row + 1)m"
    }
    watched.send(report(0, 4, row))
    try watched.wait(for: "a selected task") {
      $0.markedLines.count == 1 && $0.markedLines.first?.contains("count") == true
    }
    watched.send(report(64, 60, row))
    try watched.wait(forText: "3 lines back")
    watched.send(report(65, 60, row))
    try watched.wait(for: "the newest") { !$0.text.contains("lines back") }
    watched.send("q")
    try watched.wait(forText: "at tick 6")
    #expect(!watched.screen.reportsMouse && watched.screen.unknown == [])
  }

  @Test func `top refreshes, sorts, and gives the screen back`() throws {
    let watched = try start("spawn spin; spawn clock 5")
    watched.send("live on 50; top\r")
    try watched.wait(forText: "CPU%")
    let tick = watched.screen.lines.first ?? ""
    try watched.wait(for: "another tick") {
      ($0.lines.first ?? "").hasPrefix(" tick ") && $0.lines.first != tick
    }
    watched.send(keys.right)
    try watched.wait(for: "a sorted column") { $0.markedLines.isEmpty == false }
    watched.send("q")
    try watched.wait(for: "the prompt") { !$0.isAlternate }
    watched.send("live off; echo back\r")
    try watched.wait(forText: "back")
    #expect(!watched.screen.reportsMouse && watched.screen.isCursorShown)
  }

  @Test func `it runs to the end by itself, without erasing the screen`() throws {
    let watched = try start("spawn family; spawn count 50; spawn crash boom")
    watched.send("stepper\r")
    try watched.wait(forText: "q quit")
    let erasures = watched.screen.erasures
    watched.send("++++++++++\r")
    try watched.wait(forText: "all finished at tick")
    #expect(watched.screen.lines.first?.contains("paused full speed") == true)
    #expect(watched.screen.lines.contains { $0.contains("│ [2] 50") })
    #expect(watched.screen.lines.contains { $0.hasPrefix("─ Time ──") })
    #expect(watched.screen.lines.allSatisfy { $0.count <= 80 })
    #expect(watched.screen.erasures == erasures)
  }

  @Test func `it adapts to the size of the window`() throws {
    let watched = try open()
    for (columns, rows) in [(40, 12), (200, 50), (1, 1), (80, 24)] {
      watched.resize(columns: columns, rows: rows)
      // The last key that fits, or at least the start of the first line.
      try watched.wait(for: "\(columns)x\(rows)") {
        columns == 1
          ? $0.text.count == 2
          : $0.lines.last?.contains("q quit") == true && $0.lines.first?.contains("paused") == true
      }
      #expect(watched.screen.lines.allSatisfy { $0.count <= columns })
    }
    watched.send("s")
    try watched.wait(forText: "tick 1")
  }

  @Test func `after a thousand random keys the terminal is restored`() throws {
    let watched = try start()
    try watched.waitForPrompt()
    // The earlier input was read, so the terminal is in line mode.
    watched.send("stepper")
    try watched.wait(forText: "coros> stepper")
    let settings = watched.terminal.settings
    watched.send("\r")
    try watched.wait(forText: "q quit")
    var random = RandomSource(seed: 5)
    let all =
      [
        keys.up, keys.down, keys.left, keys.right, "\u{1B}", "\u{1B}[5~", "\u{1B}[6~", "\u{1B}OH",
        "\u{1B}OF", "\u{1B}[1;5C", "\u{1B}[200~", "\r", "\n", "\t", "\u{7F}", "\u{08}", "\u{0C}",
        "ü", "日", "🙂", "\u{00}", "\u{13}", "\u{11}",
      ] + "  ssssbbbrr++--ppkyynwwffnNg123<>?xyzKB:".map { String($0) }
    for _ in 0..<1_000 { watched.send(all[Int(random.next() % UInt64(all.count))]) }
    // Leave an open question and an open page first; then all keys have been read.
    watched.send("\u{1B}\u{1B}?")
    try watched.wait(forText: "Keys, and the")
    watched.send("qq")
    try watched.wait(forText: "at tick")
    try watched.waitForPrompt()
    watched.send("clock")
    try watched.wait(forText: "> clock")
    #expect(watched.terminal.hasSettings(of: settings))
    #expect(watched.screen.isCursorShown)
    #expect(watched.screen.unknown == [])
  }

  // MARK: - Leaving

  @Test(arguments: [SIGTERM, SIGHUP])
  func `a signal that ends the process restores the terminal`(_ signal: Int32) throws {
    let watched = try WatchedScreen(corosProgram, environment: ["HOME": home.path])
    try watched.waitForPrompt()
    watched.send("spawn count 100000; stepper\r")
    try watched.wait(forText: "q quit")
    watched.send("+++++++++\r")
    try watched.wait(forText: "running")
    watched.terminal.signal(signal)
    #expect(try watched.terminal.waitForExit() == .code(128 + signal))
    #expect(watched.terminal.hasSettings(of: watched.terminal.firstSettings))
    #expect(!watched.screen.isAlternate && watched.screen.isCursorShown)
  }

  @Test func `Ctrl-C pauses a run, and then returns to the prompt`() throws {
    let watched = try open()
    watched.send("\r")
    try watched.wait(forText: "running 10/s")
    watched.send(control.c)
    try watched.wait(forText: "paused 10/s")
    watched.send(control.c)
    try watched.wait(forText: "at tick")
    #expect(!watched.screen.isAlternate)
  }

  @Test func `Ctrl-Z stops it, and fg redraws it`() throws {
    let watched = try WatchedScreen(
      "/bin/sh",
      arguments: ["-i"],
      environment: ["HOME": home.path, "PS1": "sh$ ", "ENV": ""]
    )
    try watched.wait(forText: "sh$")
    watched.send("set -m; '\(corosProgram)'\r")
    try watched.waitForPrompt()
    watched.send("spawn count 9; stepper\r")
    try watched.wait(forText: "q quit")
    watched.send("s")
    try watched.wait(forText: "tick 1")
    watched.send(control.z)
    try watched.wait(for: "the shell") { !$0.isAlternate && $0.isCursorShown }
    try watched.terminal.wait(for: "whole lines") { $0.isReadingLines }
    watched.send("fg\r")
    try watched.wait(for: "the screen") { $0.isAlternate && $0.text.contains("tick 1") }
    watched.send("s")
    try watched.wait(forText: "tick 2")
    watched.send("q")
    try watched.wait(forText: "at tick 2")
    #expect(!watched.screen.isAlternate)
  }

  // MARK: - Terminals

  @Test(arguments: ["dumb", "nobody-knows-this"])
  func `an unsuitable terminal is refused, and the prompt continues`(_ type: String) throws {
    let terminal = try PseudoTerminal(
      corosProgram,
      environment: ["HOME": home.path, "TERM": type]
    )
    try terminal.expect("coros>")
    try terminal.wait(for: "single keys") { !$0.isReadingLines }
    terminal.send("stepper || echo no stepper\r")
    try terminal.expect("type '\(type)'")
    try terminal.expect("no stepper\r\n")
    try terminal.expect("coros>")
    #expect(!terminal.transcript.contains("\u{1B}[?1049h"))
  }

  @Test(arguments: ["xterm", "vt100", "xterm-256color", "screen"])
  func `common terminals work`(_ type: String) throws {
    let watched = try open(environment: ["TERM": type])
    try watched.wait(forText: "q quit")
    watched.send("sss")
    try watched.wait(forText: "tick 3")
    watched.send("q")
    try watched.wait(forText: "at tick 3")
    #expect(watched.screen.isCursorShown && !watched.screen.isAlternate)
    #expect(watched.screen.unknown == [])
  }

  @Test func `there is no colour if it is turned off`() throws {
    #expect(try open().screen.hasColor)
    let plain = try open(environment: ["NO_COLOR": "1"])
    plain.send(keys.down)
    try plain.wait(for: "a selected task") { $0.markedLines.count == 1 }
    #expect(!plain.screen.hasColor)
  }

  @Test func `in a locale without Unicode it is drawn in ASCII`() throws {
    let watched = try open(environment: ["LANG": "", "LC_ALL": "C"])
    try watched.wait(forText: "q quit")
    #expect(watched.screen.lines.contains { $0.hasPrefix("- Tasks --") })
    #expect(watched.screen.text.utf8.count == watched.screen.text.count)
  }

  @Test func `wide characters take two columns, and text beside them stays in place`() throws {
    let watched = try start("spawn crash 日本語のエラー🙂; step 2")
    watched.send("stepper\r")
    try watched.wait(forText: "q quit")
    let line = watched.screen.lines.first { $0.contains("日本語のエラー🙂") }
    // It begins in the same column as in the line above.
    #expect(line?.prefix { $0 != "│" }.count == 30)
  }

  @Test(arguments: [(30, 12), (40, 12), (80, 24), (200, 50)])
  func `the line of a typed program is seen as it steps`(_ columns: Int, _ rows: Int) throws {
    let watched = try WatchedScreen(
      corosProgram,
      environment: ["HOME": home.path],
      columns: columns,
      rows: rows
    )
    try watched.waitForPrompt()
    for line in ["shared n = 0", "program bump {", "var old = n", "n = old + 1", "}"] {
      watched.send(line + "\r")
    }
    watched.send("spawn bump; spawn bump\r")
    try watched.wait(forText: "task 2: bump")
    watched.send("stepper\r")
    try watched.wait(forText: "▶2  var old = n")
    watched.send("s")
    try watched.wait(forText: "tick 1 ")
    try watched.wait(forText: "─ bump, task 2")
    watched.send(keys.down)
    try watched.wait(forText: "▶3  n = old + 1")
    #expect(watched.screen.lines.allSatisfy { $0.count <= columns })
    try watched.wait(forText: "old = 0")
    #expect(watched.screen.unknown == [])
  }

  @Test func `in a script it is refused`() throws {
    let outcome = try coros("-c", "stepper")
    #expect(outcome.exit == .code(1))
    #expect(outcome.errors.contains("stepper needs a person at a terminal"))
  }
}

extension WatchedScreen {
  /// Waits until the prompt is the last text: libedit draws it after changing the terminal's settings.
  fileprivate func waitForPrompt() throws {
    try wait(for: "a prompt") { screen in
      !screen.isAlternate && screen.lines.last { !$0.isEmpty }?.contains("coros>") == true
    }
  }
}
