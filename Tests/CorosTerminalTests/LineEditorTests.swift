import CorosTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private let up = "\u{1B}[A"
private let left = "\u{1B}[D"
private let prompt = "cörös> "

/// The program's answer to a line.
func entered(_ line: String) -> String { "LINE \(line.count) <\(line)>" }

/// A line editor on a pseudo terminal; each test has its own terminal and its own home.
@Suite struct LineEditorTests {
  let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  func start(
    _ arguments: String...,
    environment: [String: String] = [:],
    columns: UInt16 = 80
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      PseudoTerminal.product("EditorFixture"),
      arguments: arguments,
      environment: ["HOME": home.path].merging(environment) { $1 },
      columns: columns
    )
    try terminal.expect("READY")
    // The prompt is drawn after the terminal became raw.
    try terminal.expect(">")
    return terminal
  }

  // MARK: - Editing

  @Test func `a line is typed and entered`() throws {
    let terminal = try start()
    try terminal.enter("hello wörld 日本 👩‍🚀")
    try terminal.enter("")
    try terminal.enter("second")
  }

  @Test(arguments: [
    ("acd" + left + left + "b", "abcd"),
    ("bcd\u{1B}[Ha\u{1B}[Fe", "abcde"),
    ("bcd\u{1B}[1~a\u{1B}[4~e", "abcde"),
    ("bcd\u{1B}OHa\u{1B}OFe", "abcde"),
    ("bcd\u{01}a\u{05}e", "abcde"),
    ("xabc\u{1B}[H\u{1B}[3~", "abc"),
    ("abcx\u{7F}", "abc"),
    ("日本語\u{7F}\u{7F}x", "日x"),
    ("one two three\u{1B}[1;5D\u{1B}[1;5Dx", "one xtwo three"),
    ("one two\u{1B}[H\u{1B}[1;5Cx", "onex two"),
    ("one two\u{17}x", "one x"),
    ("gone\u{15}kept", "kept"),
    ("kept gone\u{1B}[D\u{1B}[D\u{1B}[D\u{1B}[D\u{0B}", "kept "),
    ("a\u{16}\u{01}b", "a\u{01}b"),
    ("a\u{1B}[2~\u{1B}[Zb", "ab"),
    ("a\u{13}\u{07}b", "ab"),
  ])
  func `editing keys`(typed: String, line: String) throws {
    let terminal = try start()
    terminal.send(typed + "\r")
    try terminal.expect(entered(line))
  }

  @Test func `bytes that are not UTF-8 do no harm`() throws {
    let terminal = try start()
    terminal.send(bytes: [0x61, 0xC3, 0x28, 0xFF, 0x62, 0x0D])
    try terminal.expect(entered("a\u{FFFD}(\u{FFFD}b"))
    terminal.send(bytes: [0xE6, 0x97])
    terminal.send(bytes: [0xA5, 0x0D])
    try terminal.expect(entered("日"))
  }

  @Test func `a line of twenty thousand characters`() throws {
    let terminal = try start("--ticker", "0")
    let line = String(repeating: "0123456789", count: 2_000)
    terminal.send(line + "\r")
    try terminal.expect(entered(line))
  }

  // MARK: - Completion

  @Test func `Tab completes, and a second Tab lists`() throws {
    let terminal = try start()
    terminal.send("sp\t")
    try terminal.expect("awn")
    terminal.send("\t\t")
    try terminal.expect("spawn  spawnall")
    terminal.send("a\t1\r")
    try terminal.expect(entered("spawnall 1"))
    terminal.send("κ\tx\r")
    try terminal.expect(entered("κόσμος x"))
    terminal.send("\"t\tx\r")
    try terminal.expect(entered("\"two words\" x"))
  }

  @Test func `Tab in the middle of a line completes there`() throws {
    let terminal = try start()
    terminal.send("st 日" + left + left + "\t\r")
    try terminal.expect(entered("step  日"))
  }

  @Test func `a paste is text and runs one command per line`() throws {
    let terminal = try start()
    terminal.send("\u{1B}[200~one\tsp\t\rtwo\r\nthree sp\t\u{1B}[201~\r")
    try terminal.expect("LINE 7 <one\tsp\t>")
    try terminal.expect(entered("two"))
    try terminal.expect("LINE 9 <three sp\t>")
    terminal.send("spawna\t\r")
    try terminal.expect(entered("spawnall "))
  }

  @Test func `bracketed paste is on only while a line is edited`() throws {
    let terminal = try start()
    try terminal.enter("x")
    let answer = try #require(terminal.transcript.part(before: entered("x")))
    #expect(answer.contains("\u{1B}[?2004h"))
    #expect(answer.hasSuffix("\u{1B}[?2004l"))
  }

  // MARK: - History

  @Test func `arrows and Ctrl-R recall lines, even after a restart`() throws {
    let path = home.file("state/history")
    do {
      let terminal = try start("--history", path)
      try terminal.enter("first é")
      try terminal.enter("second")
      terminal.send(up + up + "\r")
      try terminal.expect(entered("first é"))
      terminal.send("\u{04}")
      try terminal.expect("END")
      #expect(try terminal.waitForExit() == .code(0))
    }
    let terminal = try start("--history", path)
    terminal.send(up + up + "\r")
    try terminal.expect(entered("second"))
    try terminal.waitUntilEditing()
    terminal.send("\u{12}rst\r")
    try terminal.expect(entered("first é"))
  }

  @Test func `history works without a file`() throws {
    let terminal = try start()
    try terminal.enter("remembered")
    terminal.send(up + "!\r")
    try terminal.expect(entered("remembered!"))
  }

  // MARK: - Output while typing

  @Test func `output appears above the line, which stays intact`() throws {
    let terminal = try start("--ticker", "5", columns: 30)
    let line = "aaaaaaaaaa bbbbbbbbbb 日本日本日本日本日本 cccc"
    for character in line {
      terminal.send(String(character))
      try terminal.expect("tick ")
    }
    terminal.send("\u{1B}[HX")
    try terminal.expect("tick ")
    terminal.send("\r")
    try terminal.expect(entered("X" + line))
  }

  @Test func `idle work continues while keys arrive without a pause`() throws {
    let terminal = try start("--ticker", "0")
    terminal.send(String(repeating: "x", count: 500))
    try terminal.expect("tick 5 ")
    terminal.send("\r")
    try terminal.expect(entered(String(repeating: "x", count: 500)))
  }

  @Test func `output during a search does not end the search`() throws {
    let terminal = try start("--ticker", "20")
    try terminal.enter("remembered")
    terminal.send("\u{12}memb")
    for _ in 1...5 { try terminal.expect("tick ") }
    terminal.send("\r")
    try terminal.expect(entered("remembered"))
  }

  @Test func `the prompt is on its own row`() throws {
    let terminal = try start()
    terminal.send("partial\r")
    try terminal.expect("no newline\r\n")
    try terminal.enter("x")
  }

  @Test func `a new size redraws the line`() throws {
    let terminal = try start(columns: 30)
    let line = String(repeating: "0123456789", count: 6) + "xyz"
    terminal.send(line)
    try terminal.expect("xyz")
    terminal.resize(columns: 60, rows: 24)
    // Erased from the start of the prompt and redrawn: 7 + 63 characters reach the second row.
    try terminal.expect("\r\u{1B}[1A\u{1B}[J")
    try terminal.expect(prompt)
    terminal.resize(columns: 20, rows: 24)
    try terminal.expect("\r\u{1B}[3A\u{1B}[J")
    terminal.send("!\r")
    try terminal.expect(entered(line + "!"))
  }

  // MARK: - Terminals and settings

  @Test(arguments: ["dumb", "", "unknown", "nonsense", "vt100", "xterm-256color", "linux"])
  func `every type of terminal reads lines, with output between them`(type: String) throws {
    let terminal = try start("--ticker", "10", "--color", environment: ["TERM": type])
    try terminal.expect("tick 1")
    terminal.send("hello\r")
    try terminal.expect(entered("hello"))
    terminal.send("x\u{03}")
    try terminal.expect("INTERRUPTED")
    try terminal.waitUntilEditing()
    terminal.send("exit\r")
    #expect(try terminal.waitForExit() == .code(0))
    if ["dumb", ""].contains(type) { #expect(!terminal.transcript.contains("\u{1B}")) }
  }

  @Test(arguments: ["C", "POSIX", "nonsense", "en_US.ISO-8859-1"])
  func `a locale without UTF-8 does no harm`(locale: String) throws {
    let terminal = try start(environment: ["LANG": locale, "LC_ALL": locale])
    try terminal.enter("aé日b")
  }

  @Test(arguments: ["bind -v", "fixture:bind -v", "nonsense\nbind -v", "bind -e"])
  func `an editrc is read, and Tab still completes`(text: String) throws {
    home.write(text + "\n", to: ".editrc")
    let terminal = try start()
    terminal.send("spawna\t1\r")
    try terminal.expect(entered("spawnall 1"))
    try terminal.enter("x")
  }

  @Test func `editing can be turned off`() throws {
    home.write("edit off\n", to: ".editrc")
    let terminal = try PseudoTerminal(
      PseudoTerminal.product("EditorFixture"),
      arguments: ["--ticker", "10"],
      environment: ["HOME": home.path]
    )
    try terminal.expect("tick 1")
    terminal.send("hello\r")
    try terminal.expect(entered("hello"))
    terminal.send("gone\u{03}")
    try terminal.expect("INTERRUPTED")
    terminal.send("kept\r")
    try terminal.expect(entered("kept"))
    terminal.send("\u{04}")
    try terminal.expect("END")
    #expect(try terminal.waitForExit() == .code(0))
  }

  @Test func `without a terminal there is no editor`() throws {
    let terminal = try PseudoTerminal(
      "/bin/sh",
      arguments: ["-c", "\(PseudoTerminal.product("EditorFixture")) </dev/null"]
    )
    try terminal.expect("FAILED standard input and output are not both a terminal")
    #expect(try terminal.waitForExit() == .code(1))
  }
}

extension String {
  /// The part before a text.
  fileprivate func part(before text: String) -> String? {
    guard let range = firstRange(of: text) else { return nil }
    return String(self[..<range.lowerBound])
  }
}

extension PseudoTerminal {
  /// Waits until the program has put the terminal into character mode.
  func waitUntilEditing() throws {
    try wait(for: "single keys") { !$0.isReadingLines }
  }

  /// Types a line and waits for its answer.
  func enter(_ line: String) throws {
    send(line + "\r")
    try expect(entered(line))
  }
}
