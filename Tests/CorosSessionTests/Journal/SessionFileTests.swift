import CorosHistory
import CorosKernel
import CorosPrograms
import CorosSession
import CorosTestSupport
import Testing

/// The file of a session: `--resume` restores the session as it was, whatever replaced its machine.
@Suite(.timeLimit(.minutes(1))) struct SessionFileTests {
  /// Keeps a session in a folder while it runs, and then restores it as another process would.
  ///
  /// - Returns: The state of the session at its end, and the state of the restored one.
  private func resumed(
    after work: (Session) throws -> Void
  ) throws -> (then: [String], now: [String]) {
    let folder = try TemporaryFolder()
    let then = try keep(in: folder.path, work)
    let last = try #require(SessionJournal.last(in: folder.path))
    let session = makeSession()
    try session.load(last.text)
    return (then, session.picture)
  }

  private func keep(in folder: String, _ work: (Session) throws -> Void) throws -> [String] {
    let session = makeSession()
    session.journal = SessionJournal(folder: folder)
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
    session.journal = SessionJournal(folder: folder.path)
    try session.spawn("count", "3")
    _ = session.keepJournal()
    #expect(SessionJournal.last(in: folder.path) == nil)
    withExtendedLifetime(session) {}
  }
}
