import CorosFiles
import CorosHistory
import CorosKernel
import CorosPrograms
import CorosSession
import CorosTestSupport
import Testing

/// Files of sessions that are cut or damaged: all comes back up to the last whole line, and nothing else.
@Suite(.timeLimit(.minutes(15))) struct TornFileTests {
  /// A session with lines of each kind, and what it looked like after each line.
  private static let whole: [String] = {
    let session = makeSession()
    do {
      try session.spawn("count", "12")
      try session.spawn("crash", "x 日本")
      _ = session.run(ticks: 3)
      session.use(try PolicyChoice.parse(option: "rr:quantum=2"))
      _ = session.run(ticks: 4)
      _ = try session.travel { machine throws(Divergence) in try machine.back(2) }
      try session.spawn("count", "120")
      session.machine.bookmark("here")
      _ = session.run(ticks: 30)
    } catch {
      Issue.record(error)
    }
    return session.journalText.split(separator: "\n").map { String($0) }
  }()

  /// What the first lines lead to.
  private static func picture(after count: Int) throws -> [String] {
    let session = makeSession()
    try session.load(whole.prefix(count).map { $0 + "\n" }.joined())
    return session.picture
  }

  private static let headerLength = 4

  private func restore(_ bytes: [UInt8]) -> (picture: [String]?, damage: Int?) {
    let session = makeSession()
    do throws(JournalError) {
      let damage = try session.restore(bytes)
      return (session.picture, damage)
    } catch {
      // Then nothing has changed.
      #expect(session.picture == makeSession().picture)
      return (nil, error.line)
    }
  }

  @Test func `a file that is cut anywhere is whole up to its last whole line`() throws {
    let bytes = Self.whole.map { Array(($0 + "\n").utf8) }
    let pictures = try (Self.headerLength...Self.whole.count).map { try Self.picture(after: $0) }
    for (index, line) in bytes.enumerated() {
      for cut in 0..<line.count {
        let restored = restore(Array(bytes[..<index].joined()) + line.prefix(cut))
        if index < Self.headerLength {
          #expect(restored.picture == nil)
        } else {
          #expect(restored.picture == pictures[index - Self.headerLength])
          #expect(restored.damage == (cut == 0 ? nil : index + 1))
        }
      }
    }
    #expect(restore(Array(bytes.joined())).picture == pictures.last)
  }

  @Test(arguments: [
    [UInt8](repeating: 0, count: 64), [0x80, 0x81, 0x0A], [0, 0x0A], Array("nonsense\n".utf8),
    Array("@99 spawn count 1\n".utf8), Array("at 9000000 tick 9000000\n".utf8),
    Array("go 99999\n".utf8),
    Array("@1 spawn co@2 spawn count 3\n".utf8), Array("branch 9\nbookmark x\n".utf8),
  ])
  func `junk ends the file, after any of its lines`(_ junk: [UInt8]) throws {
    for count in Self.headerLength...Self.whole.count {
      let before = Self.whole[..<count].map { $0 + "\n" }.joined()
      let after = Self.whole[count...].map { $0 + "\n" }.joined()
      let restored = restore(Array(before.utf8) + junk + Array(after.utf8))
      #expect(restored.picture == (try Self.picture(after: count)))
      #expect(restored.damage == count + 1)
    }
  }

  @Test func `a cut number is not played as another number`() throws {
    let text = Self.whole.prefix(Self.headerLength).map { $0 + "\n" }.joined() + "@0 spawn count 12"
    let restored = restore(Array(text.utf8.dropLast()))
    #expect(restored.picture == makeSession().picture)
    // A person's own file need not end with a newline.
    let session = makeSession()
    try session.load(text)
    #expect(session.machine.journal.map(JournalText.line) == ["@0 spawn count 12"])
  }

  @Test func `whoever interrupts gets nothing, and the file stays`() throws {
    let folder = try TemporaryFolder()
    let made = makeSession()
    made.journal = SessionJournal(folder: SessionFolder(folder.path))
    try made.spawn("count", "100000")
    _ = made.run(ticks: 50_000)
    #expect(made.keepJournal() == nil)
    made.journal = nil
    var asked = 0
    let session = Session(catalogue: .builtIn, start: MachineStart()) {
      asked += 1
      return asked > 5
    }
    let bytes = try #require(SessionFolder(folder.path).ended.first).bytes { false }
    #expect(throws: JournalError.self) { try session.restore(bytes) }
    #expect(session.machine.moment == 0)
    #expect(SessionFolder(folder.path).ended.count == 1)
  }

  @Test func `of a long session progress is told`() throws {
    let made = makeSession()
    try made.spawn("count", "1000000")
    _ = made.run(ticks: 200_000)
    var told: [Int] = []
    let session = makeSession()
    let damage = try session.restore(Array(made.journalText.utf8)) { moment, last in
      #expect(last == 200_000)
      told.append(moment)
    }
    #expect(damage == nil)
    #expect(told == told.sorted() && told.count == 3)
    #expect(session.picture == made.picture)
  }
}
