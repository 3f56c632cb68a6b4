import CorosKernel
import CorosTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What was done at the prompt outlives the program, however it ends; what cannot be kept is said.
@Suite struct DurabilityTests {
  let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func start(
    _ arguments: String...,
    home path: String? = nil,
    environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    try PseudoTerminal.atPrompt(arguments, home: path ?? home.path, environment: environment)
  }

  private func end(_ terminal: PseudoTerminal, by signal: Int32 = SIGKILL) throws {
    terminal.signal(signal)
    _ = try terminal.waitForExit()
  }

  /// The tick at which a session is resumed; nil if there is none.
  private func resumedTick(home path: String? = nil) throws -> Int? {
    let terminal = try start("--resume", home: path)
    defer { terminal.signal(SIGKILL) }
    return terminal.transcript.firstMatch(of: /resumed at tick ([0-9]+)/).flatMap { Int($0.1) }
  }

  // MARK: - Kill

  @Test func `a session killed at any moment loses its last command at most`() throws {
    var random = RandomSource(seed: 3)
    for _ in 0..<12 {
      let folder = try TemporaryFolder()
      let terminal = try start(home: folder.path)
      try terminal.enter("spawn count 1000", expecting: "task 1")
      let count = 1 + random.next(below: 20)
      for tick in 1...count { try terminal.enter("step", expecting: "\"\(tick)\"") }
      terminal.send("step\r")
      usleep(UInt32(random.next(below: 2_000)))
      try end(terminal)
      let tick = try #require(try resumedTick(home: folder.path))
      #expect((count - 1...count + 1).contains(tick))
    }
  }

  @Test func `the stepper loses its last step at most`() throws {
    let watched = try WatchedScreen(corosProgram, environment: ["HOME": home.path])
    try watched.terminal.waitForPrompt()
    watched.send("spawn count 1000; stepper\r")
    try watched.wait(forText: "q quit")
    watched.send(String(repeating: " ", count: 30))
    try watched.wait(forText: "tick 30")
    watched.terminal.hangUp()
    #expect(try watched.terminal.waitForExit() == .code(128 + SIGHUP))
    let tick = try #require(try resumedTick())
    #expect((29...30).contains(tick))
  }

  @Test func `live mode loses its last moment at most`() throws {
    let terminal = try start()
    try terminal.enter("spawn clock 1 1000", expecting: "task 1")
    try terminal.enter("live on 200", expecting: "live: 200 ticks")
    for _ in 0..<20 { try terminal.expect("it is tick ") }
    let text = terminal.transcript
    try end(terminal)
    let last = text.matches(of: /it is tick ([0-9]+)/).last.flatMap { Int($0.1) }
    let tick = try #require(try resumedTick())
    #expect(tick >= (try #require(last)))
  }

  // MARK: - Reset, load, several sessions

  @Test func `after a reset nothing comes back that was thrown away`() throws {
    let terminal = try start()
    try terminal.enter("spawn count 300; run 50", expecting: "stands at 50")
    try terminal.enter("reset", expecting: "a fresh machine")
    #expect(try resumedTick() == nil)
    terminal.send("\u{04}")
    _ = try terminal.waitForExit()
    #expect(try resumedTick() == 0)
  }

  // MARK: - Damage

  @Test func `another session than the last one is said`() throws {
    for ticks in [3, 5] {
      let terminal = try start()
      try terminal.enter("spawn count 300; run \(ticks)", expecting: "stands at \(ticks)")
      try end(terminal, by: SIGTERM)
    }
    let sessions = ".local/state/coros/sessions"
    let last = try #require(home.names(in: sessions).max())
    home.write("coros jour", to: "\(sessions)/\(last)")
    let terminal = try start("--resume")
    #expect(terminal.transcript.contains("resumed at tick 3, with 1 task"))
    #expect(terminal.transcript.contains("cannot resume: "))
    #expect(terminal.transcript.contains("\(last):1: this is not a journal"))
    #expect(terminal.transcript.contains("so this is the session before it"))
    try end(terminal)
  }

  // MARK: - Disks

  @Test(.enabled(if: SmallDisk.isPossible, "the user may not mount file systems"))
  func `a full disk is said, loses nothing before it, and is written to when there is room`() throws
  {
    let disk = try SmallDisk(kilobytes: 32)
    let filler = disk.path + "/filler"
    let terminal = try start(home: disk.path)
    try terminal.enter(" spawn count 1; step", expecting: "next: task 1")
    var count = 1
    fill(filler)
    while !terminal.transcript.contains("this session is not kept: No space left on device"),
      count < 400
    {
      count += 1
      try terminal.enter(" spawn count \(1_000 + count); step", expecting: "next: ")
      try terminal.waitForPrompt()
    }
    #expect(count < 400)
    let isSaidOnce = terminal.transcript.split(separator: "this session is not kept").count == 2
    #expect(isSaidOnce)
    // What was written before is whole.
    let copy = try TemporaryFolder()
    _ = try shell("cp -r \"$1/.local\" \"$2\"", disk.path, copy.path)
    let tick = try #require(try resumedTick(home: copy.path))
    #expect((count - 2...count).contains(tick))
    // And what is done when there is room again, too.
    #expect(unlink(filler) == 0)
    try terminal.enter(" step", expecting: "this session is kept again")
    try end(terminal)
    #expect(try resumedTick(home: disk.path) == count + 1)
  }

  /// Takes all the room that is left.
  private func fill(_ path: String) {
    let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
    let block = [UInt8](repeating: 0, count: 1_024)
    while write(descriptor, block, block.count) > 0 {}
    close(descriptor)
  }

  @Test(.enabled(if: SmallDisk.isPossible, "the user may not mount file systems"))
  func `history on a full disk is said, and written when there is room`() throws {
    let disk = try SmallDisk(kilobytes: 16)
    let terminal = try start(home: disk.path)
    try terminal.enter("echo one", expecting: "one")
    try terminal.waitForPrompt()
    fill(disk.path + "/filler")
    let long = String(repeating: "x", count: 3_000)
    for _ in 0..<2 {
      try terminal.enter("echo \(long)y", expecting: "xy")
      try terminal.waitForPrompt()
      try terminal.enter("echo \(long)z", expecting: "xz")
      try terminal.waitForPrompt()
    }
    #expect(terminal.transcript.contains("history is not saved"))
    #expect(unlink(disk.path + "/filler") == 0)
    terminal.send("exit\r")
    _ = try terminal.waitForExit()
    let kept = try shell("cat \"$1/.local/state/coros/history\"", disk.path).output
    #expect(kept.split(separator: "\n").first == "# coros history 1")
    #expect(kept.hasSuffix("\nexit\n"))
  }

  @Test(.enabled(if: SmallDisk.isPossible, "the user may not mount file systems"))
  func `from a disk that may be read only a session comes back, and what is lost is said`() throws {
    let disk = try SmallDisk(kilobytes: 64)
    do {
      let terminal = try start(home: disk.path)
      try terminal.enter("spawn count 300; run 7", expecting: "stands at 7")
      try end(terminal, by: SIGTERM)
    }
    try disk.makeReadOnly()
    let terminal = try start("--resume", home: disk.path)
    #expect(terminal.transcript.contains("resumed at tick 7"))
    try terminal.enter("step", expecting: "next: ")
    try terminal.waitForPrompt()
    #expect(terminal.transcript.contains("history is not saved"))
    #expect(terminal.transcript.contains("this session is not kept"))
    try end(terminal)
  }

  // MARK: - File systems without locks

  /// A library that takes the locks away, loaded before the system's; nil where none can be made or loaded.
  private static let lockless: (folder: TemporaryFolder, path: String)? = {
    guard let folder = try? TemporaryFolder() else { return nil }
    folder.write(
      """
      #include <errno.h>
      int flock(int descriptor, int operation) { errno = ENOLCK; return -1; }
      """,
      to: "lockless.c"
    )
    let path = folder.file("lockless.so")
    let made = try? shell(
      "cc=$(command -v cc clang /opt/swift/usr/bin/clang | head -1); \"$cc\" -shared -fPIC -o \"$1\" \"$2\" && "
        + "ldd \"$3\" >/dev/null",
      path,
      folder.file("lockless.c"),
      corosProgram
    )
    return made?.exit == .code(0) ? (folder, path) : nil
  }()

  @Test(.enabled(if: lockless != nil, "no library can be put before that of the system"))
  func `without locks history and sessions are kept, and a living session is not taken`() throws {
    let environment = ["LD_PRELOAD": Self.lockless?.path ?? ""]
    let living = try start(environment: environment)
    try living.enter("spawn count 300; run 7", expecting: "stands at 7")
    try living.waitForPrompt()
    let other = try start("--resume", environment: environment)
    #expect(other.transcript.contains("no session to resume"))
    try end(other)
    try end(living)
    #expect(home.read(".local/state/coros/history")?.contains("\nspawn count 300; run 7\n") == true)
    let third = try start("--resume", environment: environment)
    #expect(third.transcript.contains("resumed at tick 7"))
    try end(third)
  }
}
