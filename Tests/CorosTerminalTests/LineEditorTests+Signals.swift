import CorosTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Signals, the keys that send them, and ways to leave.

extension LineEditorTests {
  @Test func `Ctrl-C abandons the line, and the prompt returns`() throws {
    let terminal = try start()
    for _ in 1...10 {
      terminal.send("abandoned")
      try terminal.expect("abandoned")
      terminal.send("\u{03}")
      try terminal.expect("INTERRUPTED")
      try terminal.waitUntilEditing()
    }
    try terminal.enter("alive")
  }

  @Test func `Ctrl-C ends a search`() throws {
    let terminal = try start()
    try terminal.enter("remembered")
    terminal.send("\u{12}mem")
    try terminal.expect("bck")
    try terminal.expect("mem")
    terminal.send("\u{03}")
    try terminal.expect("INTERRUPTED")
    try terminal.waitUntilEditing()
    try terminal.enter("alive")
  }

  @Test func `Ctrl-C stops a command`() throws {
    let terminal = try start()
    for _ in 1...3 {
      terminal.send("run\r")
      try terminal.expect("RUNNING")
      try terminal.wait(for: "a quiet terminal") { !$0.isEchoing }
      terminal.send("dropped\u{03}")
      try terminal.expect("STOPPED")
      try terminal.waitUntilEditing()
      try terminal.enter("alive")
    }
  }

  @Test func `text typed during a command is not echoed, and begins the next line`() throws {
    let terminal = try start()
    terminal.send("run\r")
    try terminal.expect("RUNNING")
    try terminal.wait(for: "a quiet terminal") { !$0.isEchoing }
    terminal.send("aheadx\u{7F}")
    terminal.signal(SIGINT)
    #expect(try terminal.expect("STOPPED") == "\r\n")
    try terminal.waitUntilEditing()
    terminal.send(" now\r")
    try terminal.expect(entered("ahead now"))
  }

  @Test func `Ctrl-D ends input only on an empty line`() throws {
    let terminal = try start()
    terminal.send("text\u{04}\r")
    try terminal.expect(entered("text"))
    terminal.send("\u{04}")
    try terminal.expect("END")
    #expect(try terminal.waitForExit() == .code(0))
    #expect(terminal.isEchoing && terminal.isReadingLines)
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func `a termination signal restores the terminal first`(signal: Int32) throws {
    let terminal = try start()
    terminal.send("half a line")
    try terminal.expect("half a line")
    terminal.signal(signal)
    try terminal.expect("SIGNAL \(signal)")
    try terminal.expect("BYE")
    #expect(try terminal.waitForExit() == .code(0))
    #expect(terminal.isEchoing && terminal.isReadingLines)
  }

  @Test func `quit ends a command, not the prompt, and restores the terminal`() throws {
    let terminal = try start()
    terminal.send("\u{1C}")
    try terminal.enter("alive")
    terminal.send("run\r")
    try terminal.expect("RUNNING")
    try terminal.wait(for: "a quiet terminal") { !$0.isEchoing }
    terminal.send("\u{1C}")
    #expect(try terminal.waitForExit() == .signal(SIGQUIT))
    #expect(terminal.isEchoing && terminal.isReadingLines)
  }

  @Test func `a crash, or an exit without closing the editor, restores the terminal`() throws {
    for (command, end) in [("crash", .signal(SIGILL)), ("quit", .code(7))]
      as [(String, PseudoTerminal.Exit)]
    {
      let terminal = try start(environment: ["SWIFT_BACKTRACE": "enable=no"])
      terminal.send(command + "\r")
      #expect(try terminal.waitForExit() == end)
      #expect(terminal.isEchoing && terminal.isReadingLines)
    }
  }

  @Test func `keys typed ahead are kept unchanged`() throws {
    let terminal = try start()
    terminal.send("one\rtwoo\u{7F}\r\u{12}ne\r\u{04}")
    for line in ["one", "two", "one"] { try terminal.expect(entered(line)) }
    try terminal.expect("END")
    #expect(!terminal.transcript.contains("^R"))
  }

  @Test func `closing the terminal ends the program`() throws {
    let terminal = try start()
    terminal.signal(SIGHUP)
    terminal.signal(SIGHUP)
    #expect(try terminal.waitForExit() != .signal(SIGKILL))
  }

  @Test func `Ctrl-Z stops the program, and the line is redrawn when it is continued`() throws {
    let terminal = try PseudoTerminal(
      "/bin/sh",
      environment: ["HOME": home.path, "PS1": "sh$ ", "ENV": "/dev/null"]
    )
    try terminal.expect("sh$ ")
    terminal.send("exec 2>&1; set -m; \(PseudoTerminal.product("EditorFixture"))\r")
    try terminal.expect("READY")
    try terminal.waitUntilEditing()
    terminal.send("half a line")
    try terminal.expect("half a line")
    terminal.send("\u{1A}")
    try terminal.expect("sh$ ")
    try terminal.wait(for: "a quiet terminal") { $0.isReadingLines }
    terminal.send("fg\r")
    try terminal.expect("half a line")
    try terminal.waitUntilEditing()
    terminal.send(" more\r")
    try terminal.expect(entered("half a line more"))
    terminal.send("run\r")
    try terminal.expect("RUNNING")
    terminal.send("\u{1A}")
    try terminal.expect("sh$ ")
    #expect(terminal.isReadingLines && terminal.isEchoing)
    terminal.send("fg\r")
    try terminal.wait(for: "a quiet terminal") { !$0.isEchoing }
    terminal.send("\u{03}")
    try terminal.expect("STOPPED")
    terminal.send("exit\r")
    try terminal.expect("BYE")
  }
}
