import CorosTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ctrl-C while the program reads what never comes or never ends, and while it writes what nobody reads.
///
/// That it reaches every command is tested beside the commands.
@Suite struct InterruptTests {
  let home: TemporaryFolder

  init() throws {
    home = try TemporaryFolder()
    mkfifo(home.file("pipe"), 0o600)
  }

  private static let commands = [
    "source pipe", "load pipe", "workload pipe", "replay pipe", "diff pipe branch:1",
    "source /dev/zero",
    "load /dev/zero", "replay /dev/zero",
  ]

  private func line(_ command: String) -> String {
    "echo begun; " + command.replacing("pipe", with: home.file("pipe"))
  }

  @Test(arguments: commands + ["source /dev/tty"])
  func `at the prompt it leads back to the prompt`(_ command: String) throws {
    let terminal = try PseudoTerminal(
      corosProgram,
      environment: ["HOME": home.path, "NO_COLOR": "1"],
      columns: 200
    )
    try terminal.waitForPrompt()
    terminal.send(line(command) + "\r")
    try terminal.expectAnswer("begun\r\n")
    terminal.send("\u{03}")
    try terminal.waitForPrompt()
    try terminal.enter("echo status $?", expecting: "status 130")
  }

  @Test(arguments: commands, [SIGINT, SIGTERM])
  func `it ends a script, and nothing more runs`(_ command: String, _ number: Int32) throws {
    let program = try BatchProgram(
      corosProgram,
      // What fails is said at once; results are gathered.
      ["--keep-going", "-c", "nonsense; \(line(command)) || echo went on\necho went on"]
    )
    try program.waitForErrors()
    program.signal(number)
    let outcome = try program.wait()
    #expect(outcome.exit == .code(128 + number))
    #expect(outcome.output == "begun\n")
  }

  @Test func `it ends a script from a pipe or a file that never ends`() throws {
    home.write("echo begun\n", to: "begin")
    for input in ["", "-"] {
      let program = try BatchProgram(
        "/bin/sh",
        ["-c", "cat \"$1\" /dev/zero | exec \"$0\" \(input)", corosProgram, home.file("begin")]
      )
      try program.waitForOutput()
      // The shell waits for both; only the reader is ours.
      _ = try shell("pkill -INT -x -P \"$1\" coros", String(program.process))
      #expect(try program.wait().exit == .code(130))
    }
  }

  @Test func `it ends a script whose output nobody reads`() throws {
    home.write(
      """
      import signal, subprocess, sys, time
      command = "limit output 100000000; spawn babble 100000; run || echo never; echo never"
      for number in (signal.SIGINT, signal.SIGTERM):
        p = subprocess.Popen([sys.argv[1], "-c", command], stdout=-1, stderr=-1)
        p.stdout.read(100)
        # Asleep, it waits for somebody to read on.
        while open(f"/proc/{p.pid}/stat").read().split(")")[1].split()[0] != "S": time.sleep(.001)
        p.send_signal(number)
        print(p.wait(), b"never" in p.stdout.read())
      """,
      to: "test.py"
    )
    let outcome = try shell("exec python3 \"$2\" \"$1\"", corosProgram, home.file("test.py"))
    #expect(outcome.output == "130 False\n143 False\n")
  }

  // MARK: - Pastes

  @Test func `pasted lines run one after the other, and the rest stays in the line`() throws {
    let terminal = try PseudoTerminal.atPrompt(home: home.path)
    terminal.send("\u{1B}[200~echo one\recho two\recho \u{1B}[201~")
    try terminal.expectAnswer("one\r\n")
    try terminal.expectAnswer("two\r\n")
    try terminal.waitForPrompt()
    terminal.send("three\r")
    try terminal.expectAnswer("three\r\n")
  }

  @Test func `an empty line of a paste repeats no step, and Return does`() throws {
    let terminal = try PseudoTerminal.atPrompt(home: home.path)
    terminal.send("\u{1B}[200~spawn count 9\r\n\r\nstep\r\n\r\nclock\r\n\u{1B}[201~")
    try terminal.expect("tick 1\r\n")
    try terminal.waitForPrompt()
    terminal.send("\r")
    try terminal.expect("writes \"2\"")
  }

  @Test func `Ctrl-C in the midst of pasted lines drops the rest`() throws {
    let terminal = try PseudoTerminal.atPrompt(home: home.path)
    let rest = String(repeating: "echo dropped\r", count: 5)
    terminal.send("\u{1B}[200~spawn duet\rrun\r" + rest)
    try terminal.expect("] la")
    terminal.signal(SIGINT)
    try terminal.expect("interrupted")
    // What comes after it still belongs to the paste.
    terminal.send(rest + "\u{1B}[201~")
    terminal.send("echo alive\r")
    try terminal.expect("alive\r\n")
    #expect(!terminal.transcript.contains("\ndropped\r\n"))
  }

  // MARK: - Keys

  @Test func `a key without a binding leaves no letters in the line`() throws {
    let terminal = try PseudoTerminal.atPrompt(home: home.path)
    terminal.send("echo a")
    for key in [
      "[15~", "OP", "[[A", "[1;2A", "[1;5P", "[?1;2c", "[24;80R", "]11;rgb:0/0/0\u{07}", "[I",
    ] {
      terminal.send("\u{1B}" + key)
    }
    terminal.send("b\r")
    try terminal.expectAnswer("ab\r\n")
  }

  @Test func `a key that the user has bound works`() throws {
    home.write("bind \"\\e[15~\" ed-move-to-beg\n", to: ".editrc")
    let terminal = try PseudoTerminal.atPrompt(home: home.path)
    terminal.send(" x\u{1B}[15~echo\r")
    try terminal.expectAnswer("x\r\n")
  }

  // MARK: - Windows

  @Test(
    arguments: [(65_535, 65_535), (65_535, 1), (1, 65_535), (0, 0), (20_000, 2_000)]
      as [(UInt16, UInt16)]
  )
  func `a window of absurd size takes no memory`(_ columns: UInt16, _ rows: UInt16) throws {
    let terminal = try PseudoTerminal(
      corosProgram,
      environment: ["HOME": home.path, "NO_COLOR": "1"],
      columns: columns,
      rows: rows
    )
    try terminal.expect("coros>")
    try terminal.wait(for: "single keys") { !$0.isReadingLines }
    terminal.send("spawn count; stepper\r")
    try terminal.expect("\u{1B}[?1049h")
    terminal.resize(columns: 80, rows: 24)
    try terminal.expect(" quit")
    terminal.resize(columns: columns, rows: rows)
    terminal.send("q")
    try terminal.expect("at tick 0")
    #if os(Linux)
      let memory = try shell("grep VmHWM /proc/$1/status | tr -dc 0-9", String(terminal.process))
        .output
      #expect((try #require(Int(memory))) < 400_000)
    #endif
  }
}
