import CorosTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Signals that end the program: the terminal is given back, and the status says which it was.
@Suite struct SignalTests {
  enum Place: String, CaseIterable, Sendable {
    case prompt, stepper, command
  }

  static let fatal: [Int32] =
    [
      SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGSYS, SIGPIPE, SIGALRM, SIGXCPU,
      SIGXFSZ, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2,
    ]
    + fatalOnLinux

  let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func start(_ place: Place) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal.atPrompt(home: home.path)
    try terminal.enter("spawn duet", expecting: "task 1")
    try terminal.waitForPrompt()
    switch place {
    case .prompt: break
    case .command:
      terminal.send("run\r")
      try terminal.expect("] la")
    case .stepper:
      terminal.send("stepper\r")
      try terminal.expect(" quit")
    }
    return terminal
  }

  @Test(arguments: fatal, Place.allCases)
  func `a fatal signal from outside ends it at the first`(_ number: Int32, _ place: Place) throws {
    let terminal = try start(place)
    terminal.signal(number)
    #expect(try terminal.waitForExit() == .signal(number))
    #expect(terminal.isGivenBack)
  }

  @Test(arguments: [SIGTERM, SIGHUP], Place.allCases)
  func `termination and hang-up end it in good order`(_ number: Int32, _ place: Place) throws {
    let terminal = try start(place)
    terminal.signal(number)
    #expect(try terminal.waitForExit() == .code(128 + number))
    #expect(terminal.isGivenBack)
  }

  @Test(arguments: Place.allCases)
  func `a closed window is a hang-up`(_ place: Place) throws {
    let terminal = try start(place)
    terminal.hangUp()
    #expect(try terminal.waitForExit() == .code(128 + SIGHUP))
  }

  // MARK: - Scripts

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `a signal ends a script in good order, with its status`(_ number: Int32) throws {
    let program = try BatchProgram(
      corosProgram,
      ["-c", "spawn duet; run || echo never; echo never\necho never"]
    )
    try program.waitForOutput()
    program.signal(number)
    let outcome = try program.wait()
    #expect(outcome.exit == .code(128 + number))
    #expect(outcome.output.hasSuffix("\n") && !outcome.output.contains("never"))
    #expect(outcome.errors.contains("interrupted at tick"))
  }
}

#if os(Linux)
  private let fatalOnLinux: [Int32] = [SIGIO, SIGPWR, SIGSTKFLT, 40, 64]
#else
  private let fatalOnLinux: [Int32] = []
#endif
