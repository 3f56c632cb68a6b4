import CorosKernel
import CorosTestSupport
import Testing

@testable import CorosCommands
@testable import CorosHistory
@testable import CorosLanguage
@testable import CorosSession
@testable import CorosShell

/// `load --edited`: the commands of a journal count, and not what came of them.
@Suite struct EditedJournalTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(_ text: String, into session: TestShell, option: String = "--edited ") -> String
  {
    folder.write(text, to: "edited.journal")
    return session.type("load \(option)'\(folder.file("edited.journal"))'")
  }

  private func saved(_ lines: String...) -> String {
    let session = TestShell.keepingGoing()
    for line in lines { session.type(line) }
    return session.shell.session.journalText
  }

  @Test func `a command that is changed has its effect at the same tick`() {
    let text = saved("spawn count 30; spawn count 30; run 9", "kill 2", "run 5")
    let edited = text.replacing("@9 kill 2", with: "@9 kill 1")
    #expect(edited != text)
    let session = TestShell()
    let refused = load(edited, into: session, option: "")
    // Loaded as it is, the journal no longer tells what happens.
    #expect(refused.contains("loaded") || refused.contains("load --edited"))
    #expect(load(edited, into: session) == "loaded: tick 14, 1 live task\n")
    #expect(session.type("why 1").contains("killed at tick 9 by you"))
    #expect(session.type("info 2").contains("ready"))
  }

  @Test func `a refused journal says how it can be loaded`() {
    let text = saved("spawn clock 5 2; spawn count 3; run", "spawn count 2", "run 4")
    let edited = text.replacing("clock 5 2", with: "clock 7 2")
    let session = TestShell()
    let refused = load(edited, into: session, option: "")
    #expect(refused.contains("`load --edited FILE` takes the commands alone"))
    #expect(session.type("ps -a") == "no tasks; `spawn PROGRAM` makes one\n")
    #expect(load(edited, into: session).hasPrefix("loaded: tick "))
    #expect(session.type("ps -a").split(separator: "\n").count == 4)
  }

  @Test func `a line that has become impossible is passed over, and named`() {
    let text = saved("spawn count 3; spawn count 9; run 4", "nice 2 5", "run 3")
    let edited = text.replacing("@0 spawn count 9\n", with: "")
    let session = TestShell()
    let seen = load(edited, into: session)
    #expect(seen.contains("loaded: tick"))
    #expect(seen.contains("line 7 is passed over: 'nice 2 5' changes nothing now"), "\(seen)")
    // The new run is a run as any other: it can be saved and loaded.
    let again = TestShell()
    #expect(load(session.shell.session.journalText, into: again, option: "").contains("loaded"))
    #expect(again.type("ps -a") == session.type("ps -a"))
  }

  @Test func `a command that is none is refused, and nothing changes`() {
    let text = saved("spawn count 3; run 2").replacing("spawn", with: "spwan")
    let session = TestShell()
    session.type("spawn hello")
    let seen = load(text, into: session)
    #expect(seen.contains("edited.journal:5: a journal cannot contain this command: 'spwan"))
    #expect(session.type("ps").contains("hello"))
  }

  @Test func `a wait goes on until its task has ended, however long that takes now`() {
    let text = saved("spawn count 3; spawn spin; wait 1; run 2; stop 2")
    let session = TestShell()
    #expect(load(text.replacing("count 3", with: "count 20"), into: session).contains("loaded"))
    #expect(session.type("ps -a count").contains("exited"))
    #expect(session.type("ps spin").contains("stopped"))
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func `a journal that nobody has edited comes out as it was`(_ seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let session = TestShell.keepingGoing()
    session.shell.execute("limit tasks 60")
    for _ in 0..<40 {
      let number = 1 + random.next(below: 9)
      let lines = [
        "spawn count \(number)", "spawn -m count 6", "spawn clock \(number) 2", "spawn family 2",
        "spawn sleepers 3", "kill \(number)", "stop \(number)", "resume \(number)",
        "step \(number)", "run \(number)", "back \(number)", "forward \(number)",
        "goto \(3 * number)", "seed \(number)", "branch \(number)", "bookmark a", "goto a",
        "workload len=4,io=1,iotime=3 at=2,len=3", "policy rr quantum=\(number)",
      ]
      session.shell.execute(lines[random.next(below: lines.count)])
    }
    let text = session.shell.session.journalText
    let other = TestShell()
    let seen = load(text, into: other)
    #expect(seen.hasPrefix("loaded: ") && !seen.contains("passed over"), "\(seen)")
    #expect(other.shell.picture == session.shell.picture)
    #expect(other.shell.session.journalText == text)
  }
}
