import CorosTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private let control = (c: "\u{03}", d: "\u{04}")

/// What makes the prompt of the real program a place to live in.
@Suite struct PromptComfortTests {
  let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func start(environment: [String: String] = [:]) throws -> PseudoTerminal {
    try PseudoTerminal.atPrompt([], home: home.path, environment: environment)
  }

  // MARK: - The prompt itself

  @Test func `the prompt shows the tick, the branch and the past`() throws {
    let terminal = try start()
    try terminal.enter("spawn count 9", expecting: "coros> ")
    try terminal.enter("run 3", expecting: "3 coros> ")
    try terminal.enter("back", expecting: "2 past coros> ")
    try terminal.enter("kill 1", expecting: "2 branch 2 coros> ")
    try terminal.enter("branch 1", expecting: "3 branch 1 coros> ")
  }

  @Test func `the prompt keeps up with tasks that write nothing`() throws {
    let terminal = try start()
    try terminal.enter("spawn spin; live on 50", expecting: "live coros> ")
    // Nobody types.
    try terminal.wait(for: "a later tick") { terminal in
      let ticks = terminal.transcript.split(separator: " live coros>").compactMap {
        Int(String($0.reversed().prefix { $0.isNumber }.reversed()))
      }
      return Set(ticks).count >= 3
    }
    terminal.send("echo alive\r")
    try terminal.expectAnswer("alive")
  }

  @Test func `what is chosen stays, at prompts and not in scripts`() throws {
    let terminal = try start()
    try terminal.enter("set prompt '{tasks} alive$ '", expecting: "0 alive$ ")
    try terminal.enter("set prompt '{tsks}'", expecting: "did you mean `tasks`?")
    terminal.send("exit\r")
    #expect(try terminal.waitForExit() == .code(0))
    #expect(
      home.read(".config/coros/settings.coros")
        == "# settings of coros\nset prompt '{tasks} alive$ '\n"
    )
    func first(_ arguments: String...) throws -> PseudoTerminal {
      try PseudoTerminal(
        corosProgram,
        arguments: arguments,
        environment: ["HOME": home.path, "NO_COLOR": "1"]
      )
    }
    let second = try first()
    try second.expect("0 alive$ ")
    try second.enter("set prompt ''", expecting: "coros> ")
    try second.enter("set theme contrast", expecting: "coros> ")
    try first("--no-config").expect("coros> ")
    let script = try BatchProgram(
      corosProgram,
      ["-c", "set theme plain; set"],
      environment: ["HOME": home.path],
      input: .text("")
    ).wait()
    #expect(script.output == "set theme plain\n")
    #expect(
      home.read(".config/coros/settings.coros") == "# settings of coros\nset theme contrast\n"
    )
  }

  @Test func `a file of settings that is wrong is told, and the prompt comes`() throws {
    for folder in [".config", ".config/coros"] { mkdir(home.file(folder), 0o700) }
    _ = try home.write(".config/coros/settings.coros", "set theme plain\nkill 1\n")
    let terminal = try start()
    #expect(terminal.transcript.contains("coros:2: this is no setting"))
    try terminal.enter("set theme contrast", expecting: "this session only")
    #expect(home.read(".config/coros/settings.coros") == "set theme plain\nkill 1\n")
  }

  // MARK: - What is seen while typing

  /// With colours, which suggestions and the colours of a line need.
  private func colored() throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(corosProgram, environment: ["HOME": home.path])
    try terminal.expect("coros")
    try terminal.expect(">")
    try terminal.wait(for: "single keys") { !$0.isReadingLines }
    return terminal
  }

  @Test func `what was typed before is suggested in grey, and the right arrow accepts it`() throws {
    let terminal = try colored()
    try terminal.enter("echo remembered", expecting: "remembered")
    terminal.send("ec")
    try terminal.expect("\u{1B}[0;90mho remembered\u{1B}[0m")
    terminal.send("\u{1B}[C\r")
    try terminal.expectAnswer("remembered\r\n")
    terminal.send("echo rem")
    try terminal.expect("\u{1B}[0;90member")
    // Return enters what was typed, and not what was suggested.
    terminal.send("\r")
    try terminal.expectAnswer("rem\r\n")
    try terminal.enter("set suggestions off", expecting: "coros")
    let before = terminal.transcript.utf8.count
    terminal.send("echo a\r")
    try terminal.expectAnswer("a\r\n")
    #expect(!String(terminal.transcript.utf8.dropFirst(before))!.contains("[0;90m"))
  }

  @Test func `a word that is no command is red while it is typed`() throws {
    let terminal = try colored()
    try terminal.enter("set colouring on", expecting: "coros>")
    try terminal.wait(for: "single keys") { !$0.isReadingLines }
    terminal.send("spwn")
    try terminal.expect("\u{1B}[0;31mspwn\u{1B}[0m")
    terminal.send("\u{7F}\u{7F}awn hello 'x")
    try terminal.expect("\u{1B}[0;36mhello\u{1B}[0m")
    try terminal.expect("\u{1B}[0;33m'x\u{1B}[0m")
  }

  @Test func `Tab lists what candidates are`() throws {
    let terminal = try start()
    terminal.send("ps | \t\t")
    try terminal.expect("sort   all, in order")
    terminal.send("gr\t hello\r")
    try terminal.waitForPrompt()
  }

  @Test func `a line is repeated by its number, and goes on behind a backslash`() throws {
    let terminal = try start()
    try terminal.enter("echo first", expecting: "first")
    try terminal.enter("echo second \\", expecting: "...> ")
    try terminal.enter("  and third", expecting: "second and third\r\n")
    try terminal.enter("!1", expecting: "echo first\r\nfirst\r\n")
    try terminal.enter("!!", expecting: "echo first\r\nfirst\r\n")
    try terminal.enter("!99", expecting: "no line 99")
    try terminal.enter("history third", expecting: "and third")
  }

  @Test func `pasted lines run one by one, and the last waits for Return`() throws {
    let terminal = try start()
    terminal.send("\u{1B}[200~spawn count 2\nnosuch\trun\nrun\necho un\u{1B}[201~")
    try terminal.expect("task 1: count 2")
    try terminal.expect("no command 'nosuch'")
    try terminal.expect("all finished at tick 3")
    try terminal.expect("echo un")
    terminal.send("finished\r")
    try terminal.expectAnswer("unfinished\r\n")
  }

  // MARK: - Other programs

  @Test func `results go to a program of the host, which has the terminal`() throws {
    let terminal = try start()
    try terminal.enter("echo one | !sed s/one/two/", expecting: "two\r\n")
    try terminal.waitForPrompt()
    terminal.send("echo x | !read a </dev/tty; echo got $a\r")
    try terminal.wait(for: "cooked keys") { $0.isReadingLines }
    terminal.send("a line\r")
    try terminal.expect("got a line")
    try terminal.waitForPrompt()
    try terminal.enter("echo x | !exit 3", expecting: "status 3")
    try terminal.waitForPrompt()
    terminal.send("spawn spin; run 3 | !cat; sleep 100\r")
    try terminal.wait(for: "cooked keys") { $0.isReadingLines }
    terminal.send(control.c)
    try terminal.expect("status 130")
    try terminal.enter("echo alive", expecting: "alive")
    terminal.send("exit\r")
    #expect(try terminal.waitForExit() == .code(0))
    #expect(terminal.isAsFound)
  }

  @Test func `the pager can be a program`() throws {
    let terminal = try start(environment: ["PAGER": "sed s/^/:/"])
    try terminal.enter("set pager program", expecting: "coros>")
    try terminal.enter("programs", expecting: "\r\n:  ")
    try terminal.waitForPrompt()
  }

  @Test func `a long answer shows how far it is, and Ctrl-C ends it`() throws {
    let terminal = try start()
    try terminal.enter("spawn spin; run 1000000 > /dev/null", expecting: "1000000 coros>")
    terminal.send("when count(ready) > 4\r")
    try terminal.expect("of 1,000,000 steps (Ctrl-C gives up)")
    terminal.send(control.c)
    try terminal.expect("interrupted")
    try terminal.waitForPrompt()
  }
}
