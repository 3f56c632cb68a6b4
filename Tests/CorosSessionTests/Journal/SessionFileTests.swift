import CorosHistory
import CorosKernel
import CorosPrograms
import CorosSession
import CorosTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The file of a session: `--resume` restores the session as it was, whatever replaced its machine.
@Suite(.timeLimit(.minutes(15))) struct SessionFileTests {
  /// Keeps a session in a folder while it runs, and then restores it as another process would.
  ///
  /// - Returns: The state of the session at its end, and the state of the restored one.
  private func resumed(
    after work: (Session) throws -> Void
  ) throws -> (then: [String], now: [String]) {
    let folder = try TemporaryFolder()
    let then = try keep(in: folder.path, work)
    let session = try #require(try restored(from: folder.path))
    return (then, session.picture)
  }

  /// The session that another process would bring back; nil if there is none.
  private func restored(from folder: String) throws -> Session? {
    guard let file = SessionFolder(folder).ended.first else { return nil }
    let session = makeSession()
    #expect(try session.restore(try file.bytes { false }) == nil)
    return session
  }

  private func keep(in folder: String, _ work: (Session) throws -> Void) throws -> [String] {
    let session = makeSession()
    session.journal = SessionJournal(folder: SessionFolder(folder))
    try work(session)
    #expect(session.keepJournal() == nil)
    return session.picture
  }

  @Test func `all acts are restored`() throws {
    let (then, now) = try resumed { session in
      try session.spawn("count", "3")
      _ = session.run(ticks: 2)
      _ = session.keepJournal()
      try session.spawn("job", "5")
      _ = session.run(ticks: 1)
    }
    #expect(now == then)
  }

  @Test func `after a reset nothing from before it is restored`() throws {
    let (then, now) = try resumed { session in
      try session.spawn("count", "3")
      _ = session.run(ticks: 2)
      _ = session.keepJournal()
      session.reset()
      _ = session.keepJournal()
      try session.spawn("job", "4")
      _ = session.run(ticks: 1)
    }
    #expect(now == then)
    #expect(now.contains { $0.contains("job") } && !now.contains { $0.contains("count") })
  }

  @Test func `after a load the loaded run is restored, and all acts since`() throws {
    let other = makeSession(MachineStart(seed: 7))
    try other.spawn("job", "6")
    _ = other.run(ticks: 3)
    let text = other.journalText
    let (then, now) = try resumed { session in
      try session.spawn("count", "3")
      _ = session.run(ticks: 2)
      _ = session.keepJournal()
      try session.load(text)
      _ = session.keepJournal()
      _ = session.run(ticks: 2)
    }
    #expect(now == then)
    #expect(now.contains("tick 5"))
  }

  @Test func `after adopting another machine, that machine is restored`() throws {
    let other = makeSession()
    try other.spawn("job", "6")
    _ = other.run(ticks: 2)
    let (then, now) = try resumed { session in
      try session.spawn("count", "3")
      _ = session.keepJournal()
      session.adopt(other)
    }
    #expect(now == then)
  }

  @Test func `after following a schedule, that run is restored`() throws {
    let (then, now) = try resumed { session in
      try session.spawn("count", "2")
      try session.spawn("count", "2")
      _ = session.run()
      _ = session.keepJournal()
      let schedule = session.machine.schedule
      #expect(session.reschedule(schedule, then: .standard) == .followed)
    }
    #expect(now == then)
  }

  @Test func `a branch, a journey and a policy are restored`() throws {
    let (then, now) = try resumed { session in
      try session.spawn("count", "3")
      try session.spawn("count", "3")
      _ = session.run(ticks: 4)
      _ = session.keepJournal()
      _ = try session.travel { machine throws(Divergence) in try machine.back(2) }
      session.use(try PolicyChoice.parse(option: "fifo"))
      _ = session.run(ticks: 2)
    }
    #expect(now == then)
  }

  @Test func `a running session is not the last one that has ended`() throws {
    let folder = try TemporaryFolder()
    let session = makeSession()
    session.journal = SessionJournal(folder: SessionFolder(folder.path))
    try session.spawn("count", "3")
    _ = session.keepJournal()
    #expect(SessionFolder(folder.path).ended.isEmpty)
    withExtendedLifetime(session) {}
  }

  @Test func `after a reset alone the session is empty, and still lives`() throws {
    let folder = try TemporaryFolder()
    let session = makeSession()
    session.journal = SessionJournal(folder: SessionFolder(folder.path))
    try session.spawn("count", "3")
    #expect(session.keepJournal() == nil)
    session.reset()
    #expect(session.keepJournal() == nil)
    #expect(SessionFolder(folder.path).ended.isEmpty)
    session.journal = nil
    #expect(try restored(from: folder.path)?.picture == makeSession().picture)
  }

  @Test func `moves that follow each other are one entry, whenever they are written`() throws {
    let folder = try TemporaryFolder()
    let then = try keep(in: folder.path) { session in
      try session.spawn("count", "20000")
      for _ in 0..<9_000 {
        _ = session.step()
        #expect(session.keepJournal() == nil)
      }
      #expect(session.machine.journal.count == 2)
    }
    #expect(try restored(from: folder.path)?.picture == then)
    let file = try #require(SessionFolder(folder.path).ended.first)
    // What later lines say again is not kept for ever.
    #expect(try file.bytes { false }.count < 100_000)
  }

  // MARK: - Order

  /// Keeps a session that has made a job of some length, and ends it.
  private func end(_ length: Int, in folder: String) throws {
    _ = try keep(in: folder) { try $0.spawn("job", "\(length)") }
  }

  /// The length of the job of the session that would be brought back.
  private func last(in folder: String) throws -> String? {
    try restored(from: folder)?.machine.journal.map(JournalText.line).last
  }

  @Test func `the last session is the one that ended last, not the one that began last`() throws {
    let folder = try TemporaryFolder()
    let first = makeSession()
    first.journal = SessionJournal(folder: SessionFolder(folder.path))
    try first.spawn("job", "1")
    #expect(first.keepJournal() == nil)
    try end(2, in: folder.path)
    #expect(try last(in: folder.path) == "@0 spawn -m job 2")
    // Without a further command.
    first.journal = nil
    #expect(try last(in: folder.path) == "@0 spawn -m job 1")
  }

  @Test func `a clock that was set back changes nothing`() throws {
    let folder = try TemporaryFolder()
    try end(1, in: folder.path)
    let file = try #require(SessionFolder(folder.path).ended.first)
    let future = [
      timespec(tv_sec: 4_000_000_000, tv_nsec: 5), timespec(tv_sec: 4_000_000_000, tv_nsec: 5),
    ]
    #expect(utimensat(AT_FDCWD, file.path, future, 0) == 0)
    for name in [
      "session-004000000000.000000005-1.journal", "session-004100000000.999999999-1.journal",
    ] {
      #expect(link(file.path, folder.file(name)) == 0)
    }
    for length in 2...4 {
      try end(length, in: folder.path)
      #expect(try last(in: folder.path) == "@0 spawn -m job \(length)")
    }
    // The names tell in which order the sessions began.
    let names = SessionFolder(folder.path).ended.map(\.path)
    #expect(names.prefix(4) == names.sorted().reversed().prefix(4))
  }

  @Test func `ten sessions are kept, and each that lives`() throws {
    let folder = try TemporaryFolder()
    let living = makeSession()
    living.journal = SessionJournal(folder: SessionFolder(folder.path))
    try living.spawn("job", "99")
    #expect(living.keepJournal() == nil)
    for length in 1...13 { try end(length, in: folder.path) }
    #expect(SessionFolder(folder.path).ended.count == 10)
    try living.spawn("job", "98")
    #expect(living.keepJournal() == nil)
    living.journal = nil
    #expect(try last(in: folder.path) == "@0 spawn -m job 98")
  }

  @Test func `a file that somebody removes is written anew`() throws {
    let folder = try TemporaryFolder()
    let then = try keep(in: folder.path) { session in
      try session.spawn("count", "3")
      #expect(session.keepJournal() == nil)
      for name in folder.names(in: ".") { #expect(unlink(folder.file(name)) == 0) }
      _ = session.run(ticks: 2)
    }
    #expect(try restored(from: folder.path)?.picture == then)
  }

  // MARK: - Files that cannot be written

  @Test func `a folder that cannot be made is said once`() throws {
    let folder = try TemporaryFolder()
    folder.write("", to: "file")
    let session = makeSession()
    session.journal = SessionJournal(folder: SessionFolder(folder.file("file/sessions")))
    try session.spawn("count", "3")
    #expect(session.keepJournal()?.hasPrefix("this session is not kept: ") == true)
    _ = session.run(ticks: 1)
    #expect(session.keepJournal() == nil)
    // And when it can be made, what was done comes, too.
    #expect(unlink(folder.file("file")) == 0)
    _ = session.run(ticks: 1)
    #expect(session.keepJournal() == "this session is kept again")
    session.journal = nil
    #expect(try restored(from: folder.file("file/sessions"))?.picture == session.picture)
  }
}
