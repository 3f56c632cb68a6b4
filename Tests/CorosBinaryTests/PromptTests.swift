import CorosTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private let up = "\u{1B}[A"
private let left = "\u{1B}[D"
private let control = (c: "\u{03}", d: "\u{04}", r: "\u{12}", z: "\u{1A}")

/// The prompt of the real program on a terminal; each test has its own terminal and its own home.
@Suite struct PromptTests {
  let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func start(
    _ arguments: String...,
    environment: [String: String] = [:],
    columns: UInt16 = 80
  ) throws -> PseudoTerminal {
    try PseudoTerminal.atPrompt(
      arguments,
      home: home.path,
      environment: environment,
      columns: columns
    )
  }

  // MARK: - First steps

  @Test func `the greeting says what Coros is, and what to try`() throws {
    let terminal = try PseudoTerminal(corosProgram, environment: ["HOME": home.path])
    let greeting = try terminal.expect("coros>")
    #expect(greeting.contains("spawn family"))
    #expect(greeting.contains("help"))
    #expect(greeting.split(separator: "\r\n").allSatisfy { $0.count < 80 })
  }

  @Test func `a whole session ends with status 0`() throws {
    let terminal = try start()
    try terminal.enter("spawn hello", expecting: "task 1: hello")
    try terminal.enter("run", expecting: "[1] Hello, world!")
    try terminal.enter("ps -a", expecting: "exited")
    terminal.send("exit\r")
    #expect(try terminal.waitForExit() == .code(0))
    #expect(terminal.isAsFound)
  }

  @Test func `the prompt survives a failure, and exit has a status`() throws {
    let terminal = try start()
    try terminal.enter("spwan hello", expecting: "`spawn`")
    try terminal.enter("echo \"", expecting: "^")
    try terminal.enter("echo alive", expecting: "alive")
    terminal.send("exit 7\r")
    #expect(try terminal.waitForExit() == .code(7))
  }

  @Test func `Return alone repeats a step`() throws {
    let terminal = try start()
    try terminal.enter("spawn steps", expecting: "task 1")
    try terminal.enter("step", expecting: "part 1")
    try terminal.enter("", expecting: "yields the CPU")
    try terminal.enter("", expecting: "part 2")
  }

  @Test func `Ctrl-C and Ctrl-D give an unfinished definition up, and not the session`() throws {
    let terminal = try start()
    for (key, answer) in [(control.c, "coros>"), (control.d, "what was begun is given up")] {
      try terminal.enter("program half {", expecting: "...>")
      terminal.send(key)
      try terminal.expect(answer)
      try terminal.enter("program half", expecting: "there is no program")
    }
    try terminal.enter("program whole {", expecting: "...>")
    try terminal.enter("  yield", expecting: "...>")
    try terminal.enter("}", expecting: "coros>")
    try terminal.enter("spawn whole", expecting: "task 1: whole")
    terminal.send(control.d)
    #expect(try terminal.waitForExit() == .code(0))
    #expect(terminal.isAsFound)
  }

  // MARK: - Sessions

  @Test func `--resume restores a killed session, with its history`() throws {
    do {
      let terminal = try start()
      try terminal.enter("spawn count 9", expecting: "task 1")
      try terminal.enter("step 5", expecting: "next: task 1")
      try terminal.enter("back 2", expecting: "back at tick 3")
      // A command is saved after it is done, which this one may not be yet.
      try terminal.enter("clock", expecting: "tick 3")
      terminal.signal(SIGKILL)
      #expect(try terminal.waitForExit() == .signal(SIGKILL))
    }
    let terminal = try start("--resume")
    try terminal.enter("clock", expecting: "tick 3")
    try terminal.enter("run", expecting: "[1] 9")
    try terminal.enter("back 99", expecting: "back at the beginning")
    terminal.send("exit\r")
    _ = try terminal.waitForExit()
    // The restored session is saved again, and no other process can resume a running session.
    let third = try start("--resume")
    try third.enter("clock", expecting: "tick 0")
    try third.enter("kill 1", expecting: "killed")
    let fourth = try start("--resume")
    try fourth.enter("ps", expecting: "count")
  }

  @Test func `without a session to resume there is a message and a prompt`() throws {
    let terminal = try PseudoTerminal(
      corosProgram,
      arguments: ["--resume"],
      environment: ["HOME": home.path, "NO_COLOR": "1"]
    )
    try terminal.expect("no session to resume")
    try terminal.enter("echo alive", expecting: "alive")
  }

  @Test func `only the newest sessions are kept`() throws {
    let folder = home.path + "/.local/state/coros/sessions"
    for _ in 0..<12 {
      let terminal = try start()
      try terminal.enter("spawn hello", expecting: "task 1")
      terminal.send("exit\r")
      _ = try terminal.waitForExit()
    }
    #expect(home.names(in: ".local/state/coros/sessions").count == 10, "\(folder)")
  }

  // MARK: - Editing, Tab and history

  @Test func `a line is edited`() throws {
    let terminal = try start()
    terminal.send("ech hllo" + left + left + left + "e" + "\u{01}\u{1B}[C\u{1B}[C\u{1B}[Co\r")
    try terminal.expectAnswer("hello\r\n")
  }

  @Test func `Tab completes commands, programs and tasks`() throws {
    let terminal = try start()
    terminal.send("spa\thel\t\r")
    try terminal.expect("task 1: hello")
    try terminal.waitForPrompt()
    terminal.send("inf\t\t\r")
    try terminal.expect("state")
    try terminal.waitForPrompt()
    terminal.send("spawn s\t\t")
    try terminal.expect("sleepers")
  }

  @Test func `history outlives the session, and is private`() throws {
    do {
      let terminal = try start()
      try terminal.enter("echo remembered", expecting: "remembered")
      terminal.send(control.d)
      #expect(try terminal.waitForExit() == .code(0))
    }
    let path = home.file(".local/state/coros/history")
    #expect(home.read(".local/state/coros/history")?.hasSuffix("\necho remembered\n") == true)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)

    let terminal = try start()
    terminal.send(up + "\r")
    try terminal.expectAnswer("remembered\r\n")
    try terminal.waitForPrompt()
    terminal.send(control.r + "ho rem\r")
    try terminal.expectAnswer("remembered\r\n")
    try terminal.waitForPrompt()
    try terminal.enter("history", expecting: "echo remembered")
  }

  // MARK: - Signals

  @Test func `Ctrl-C stops a run, every time`() throws {
    let terminal = try start()
    try terminal.enter("spawn spin", expecting: "task 1")
    for round in 1...20 {
      // What a task writes shows that the run has begun.
      terminal.send("spawn hello; run\r")
      try terminal.expect("Hello, world!")
      terminal.send(control.c)
      try terminal.expect("interrupted")
      try terminal.waitForPrompt()
      try terminal.enter("echo alive $?.\(round)", expecting: "alive 130.\(round)")
    }
    try terminal.enter("ps", expecting: "spin")
  }

  @Test func `Ctrl-C stops endless output`() throws {
    let terminal = try start()
    terminal.send("spawn duet; run\r")
    try terminal.expect("] la")
    terminal.send(control.c)
    try terminal.expect("interrupted")
    try terminal.waitForPrompt()
    try terminal.enter("echo alive", expecting: "alive")
  }

  @Test func `Ctrl-C at the prompt drops the line`() throws {
    let terminal = try start()
    for _ in 1...3 {
      terminal.send("echo dropped")
      try terminal.expect("dropped")
      terminal.send(control.c)
      try terminal.waitForPrompt()
    }
    try terminal.enter("echo alive", expecting: "alive")
  }

  @Test func `Ctrl-D leaves, and restores the terminal`() throws {
    let terminal = try start()
    terminal.send(control.d)
    #expect(try terminal.waitForExit() == .code(0))
    #expect(terminal.isAsFound)
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func `a termination signal restores the terminal, at the prompt and in a run`(
    signal: Int32
  ) throws {
    for isRunning in [false, true] {
      let terminal = try start()
      if isRunning {
        terminal.send("spawn duet; run\r")
        try terminal.expect("] la")
      } else {
        terminal.send("half a line")
        try terminal.expect("half a line")
      }
      terminal.signal(signal)
      #expect(try terminal.waitForExit() == .code(128 + signal))
      #expect(terminal.isAsFound)
    }
  }

  @Test func `a failed task harms neither the shell nor the terminal`() throws {
    let terminal = try start()
    try terminal.enter("spawn crash; run", expecting: "failed")
    try terminal.enter("echo alive", expecting: "alive")
    terminal.send("exit\r")
    #expect(try terminal.waitForExit() == .code(0))
    #expect(terminal.isAsFound)
  }

  @Test func `Ctrl-Z stops the program, and the line is redrawn when it is continued`() throws {
    let terminal = try PseudoTerminal(
      "/bin/sh",
      environment: ["HOME": home.path, "PS1": "sh$ ", "ENV": "/dev/null", "NO_COLOR": "1"]
    )
    try terminal.expect("sh$ ")
    terminal.send("exec 2>&1; set -m; '\(corosProgram)'\r")
    try terminal.waitForPrompt()
    terminal.send("echo half")
    try terminal.expect("echo half")
    terminal.send(control.z)
    try terminal.expect("sh$ ")
    try terminal.wait(for: "whole lines") { $0.isReadingLines }
    terminal.send("fg\r")
    try terminal.expect("echo half")
    try terminal.wait(for: "single keys") { !$0.isReadingLines }
    terminal.send(" a line\r")
    try terminal.expectAnswer("half a line")
    try terminal.waitForPrompt()
    // Ctrl-C between two commands of a line would end the line without a word.
    terminal.send("spawn duet; run\r")
    try terminal.expect("] la")
    terminal.send(control.z)
    try terminal.expect("sh$ ")
    #expect(terminal.isAsFound)
    terminal.send("fg\r")
    try terminal.wait(for: "a quiet terminal") { !$0.isEchoing }
    terminal.send(control.c)
    try terminal.expect("interrupted")
    try terminal.waitForPrompt()
  }

  // MARK: - Output while typing

  @Test func `output of tasks does not disturb the line being typed`() throws {
    let terminal = try start()
    try terminal.enter("spawn duet; live on 50", expecting: "live: 50 ticks")
    for character in "echo typed text" {
      try terminal.expect("] la")
      terminal.send(String(character))
    }
    try terminal.expect("] dum")
    terminal.send("\r")
    try terminal.expectAnswer("typed text\r\n")
    try terminal.enter("live off", expecting: "live: off")
  }

  @Test func `endless output does not block the prompt`() throws {
    let terminal = try start()
    try terminal.enter("limit output 2000; spawn babble; spawn babble 100000", expecting: "task 2")
    try terminal.enter("live on 100000", expecting: "live: 100000 ticks")
    try terminal.expect("task 2 (babble) has written more than 2000 bytes")
    try terminal.expect("task 1 (babble) has written more than 2000 bytes")
    terminal.send("echo typed te")
    terminal.send("xt\r")
    try terminal.expectAnswer("typed text\r\n")
    try terminal.enter("kill 1 2", expecting: "task 2 killed")
    try terminal.enter("output 2 1", expecting: "bla.")
  }

  @Test func `a new terminal size is used`() throws {
    let terminal = try start(columns: 30)
    let text = String(repeating: "0123456789", count: 5)
    terminal.send("echo " + text)
    try terminal.expect("789")
    terminal.resize(columns: 100, rows: 24)
    try terminal.expect("coros>")
    terminal.send("!\r")
    try terminal.expectAnswer("\(text)!\r\n")
  }

  // MARK: - Terminals and settings

  @Test(arguments: ["C", "POSIX", "nonsense"])
  func `a locale without UTF-8 does no harm`(locale: String) throws {
    let terminal = try start(environment: ["LANG": locale, "LC_ALL": locale])
    try terminal.enter("echo aé日b", expecting: "aé日b")
  }

  @Test(arguments: ["dumb", ""])
  func `a dumb terminal gets no escape sequence`(type: String) throws {
    let terminal = try start(environment: ["TERM": type])
    try terminal.enter("spawn hello; ps", expecting: "ready")
    try terminal.enter("nonsense", expecting: "there is no command")
    terminal.send(control.d)
    #expect(try terminal.waitForExit() == .code(0))
    #expect(!terminal.transcript.contains("\u{1B}"))
  }

  @Test func `colour follows the user's choice`() throws {
    for (variable, isColored) in [("", true), ("1", false)] {
      let terminal = try start(environment: ["NO_COLOR": variable])
      try terminal.enter("spawn hello; ps; nonsense", expecting: "there is no command")
      try terminal.waitForPrompt()
      #expect((terminal.transcript.firstMatch(of: /\u{1B}\[[0-9;]+m/) != nil) == isColored)
    }
  }

  @Test func `output of a task cannot move the cursor`() throws {
    let terminal = try start()
    try terminal.enter("spawn crash \"\u{16}\u{1B}[2J\"; run", expecting: "failed")
    try terminal.waitForPrompt()
    #expect(!terminal.transcript.contains("\u{1B}[2J"))
  }

  @Test func `a script has no prompt, even at a terminal`() throws {
    let terminal = try PseudoTerminal(
      corosProgram,
      arguments: ["-c", "spawn spin; echo begun; run"],
      environment: ["HOME": home.path]
    )
    terminal.send(control.c)
    let end = try terminal.waitForExit()
    #expect(end == .code(130) || end == .signal(SIGINT))
    #expect(!terminal.transcript.contains("coros>"))
    #expect(terminal.isAsFound)
  }
}
