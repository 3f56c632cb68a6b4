import CorosKernel
import CorosPrograms
import CorosTestSupport
import Foundation
import Testing

@testable import CorosCommands
@testable import CorosFiles
@testable import CorosHistory
@testable import CorosLanguage
@testable import CorosSession
@testable import CorosShell

@Suite struct JournalTests {
  /// Types random commands, including journeys.
  private func storm(seed: UInt64, lines: Int, _ shell: Shell) {
    var random = RandomSource(seed: seed)
    func pick(_ words: [String]) -> String { words[random.next(below: words.count)] }
    func number(_ bound: Int) -> Int { random.next(below: bound) }
    for _ in 0..<lines {
      let line =
        switch number(20) {
        case 0...3:
          "spawn "
            + pick([
              "count 4", "-m count 6", "family 2", "clock 7 2", "sleepers 3", "crash", "dice 5",
              "race", "traffic", "spin", "circle 2", "stubborn", "patience",
              "count 30 | head 2", "count 9 | grep 2 | wc",
            ])
        case 4: "kill \(number(9))"
        case 5: "stop \(number(9))"
        case 6: "resume \(number(9)) \(number(9))"
        case 7...8: "step \(1 + number(9))"
        case 9: "run \(1 + number(30))"
        case 10: "wait \(1 + number(6))"
        case 11...12: "back \(1 + number(12))"
        case 13: "forward \(1 + number(12))"
        case 14: "goto \(number(60))"
        case 15: "goto last \(1 + number(6))"
        case 16: "branch \(1 + number(4))"
        case 17:
          pick([
            "seed \(number(9))", "policy rr quantum=\(1 + number(4))", "limit tasks 40",
            "machine switch=\(number(4))", "machine device=shared", "machine device=own",
            "workload len=4,io=1,iotime=3 at=2,len=3 len=5,io=2",
          ])
        case 18: pick(["bookmark a", "bookmark b", "goto a", "goto b"])
        default: "replay \(shell.machine.schedule)"
        }
      shell.execute(line)
    }
  }

  /// A session that gives up whatever runs for ever.
  private func session() -> TestShell {
    var settings = Settings()
    settings.keepsGoing = true
    settings.start.taskLimit = 60
    return TestShell(settings)
  }

  @Test(arguments: 0..<16 as Range<UInt64>)
  func `a storm with journeys keeps all invariants, and its journal restores it`(
    _ seed: UInt64
  ) throws {
    let session = session()
    // A `wait` for a task that never ends is interrupted after a while.
    session.host.patience = 4_000
    storm(seed: seed, lines: 60, session.shell)
    session.host.patience = nil
    #expect(session.shell.brokenInvariants() == [])
    let text = session.shell.session.journalText
    let other = TestShell()
    try other.shell.session.load(text)
    #expect(other.shell.picture == session.shell.picture)
    #expect(other.shell.brokenInvariants() == [])
    #expect(other.shell.session.journalText == text)
    #expect(other.shell.machine.branchList == session.shell.machine.branchList)
    // And each of its branches.
    for branch in 1...min(4, session.shell.machine.branchCount) {
      try session.shell.machine.switch(to: branch)
      try other.shell.machine.switch(to: branch)
      #expect(other.shell.picture == session.shell.picture)
    }
  }

  @Test func `a person can read a journal`() {
    let session = TestShell()
    session.type(
      "policy rr quantum=2",
      "spawn count 3",
      "spawn clock 10 1",
      "run 8",
      "wait 1",
      "back 3",
      "kill 2",
      "bookmark here",
      "limit tasks 20",
      "run"
    )
    #expect(
      session.shell.session.journalText == """
        coros journal 1
        seed 0
        policy rr quantum=1
        limit tasks 10000
        @0 policy rr quantum=2
        @0 spawn count 3
        @0 spawn clock 10 1
        at 5 tick 5
        jump 8
        @6 wait 1
        go 3
        @3 kill 2
        bookmark here
        @3 limit tasks 20
        at 5 tick 5

        """
    )
  }

  @Test func `what the machine is made of stands in the header, and comes back`() throws {
    let session = TestShell()
    session.type("machine switch=2 device=shared", "reset", "workload len=2,io=1 len=3", "run 4")
    session.type("machine switch=0")
    let text = session.shell.session.journalText
    #expect(
      text.hasPrefix(
        """
        coros journal 1
        seed 0
        policy rr quantum=1
        limit tasks 10000
        machine switch=2 device=shared
        @0 task
        """
      )
    )
    #expect(text.contains("machine switch=0 device=shared\n"))
    let other = TestShell()
    try other.shell.session.load(text)
    #expect(other.shell.picture == session.shell.picture)
    #expect(other.shell.session.journalText == text)
    #expect(throws: JournalError.self) {
      try other.shell.session.load(text.replacing("switch=2", with: "switch=x"))
    }
  }

  @Test func `arguments of any kind are restored`() throws {
    let session = TestShell()
    let odd = "two\nlines\tand 100% 'quotes' \"and\" $more \\"
    let isSet = session.shell.variables.set("odd", to: odd)
    #expect(isSet)
    session.type("spawn hello", "spawn $odd", "run")
    let text = session.shell.session.journalText
    let other = TestShell()
    try other.shell.session.load(text)
    #expect(other.shell.picture == session.shell.picture)
    for word in ["plain", "two words", "a\nb", "100%", "%0A", "$x", "'", "\u{7F}\u{1}", "é"] {
      let line = JournalText.line(.act("spawn \(quoted(word))", at: 3))
      #expect(!line.contains("\n"))
      #expect(JournalText.entry(line) == .act("spawn \(quoted(word))", at: 3))
    }
  }

  private static let good = """
    coros journal 1
    seed 7
    policy rr quantum=1
    limit tasks 100
    @0 spawn count 3
    @0 spawn clock 10 2
    at 5 tick 5
    go 2
    @2 kill 1
    at 4 tick 14
    bookmark x
    branch 1

    """

  @Test func `the valid journal is valid`() throws {
    let session = TestShell()
    try session.shell.session.load(Self.good)
    #expect(session.shell.machine.branch == 1)
    #expect(session.shell.scheduler.now == 5)
  }

  @Test(arguments: [
    ("", 1), ("hello\n", 1), ("coros journal 2\n", 1), ("coros journal 1\n", 2),
    ("coros journal 1\nseed x\n", 2), ("coros journal 1\nseed 7\n", 3),
    ("coros journal 1\nseed 7\npolicy nobody\n", 3),
    ("coros journal 1\nseed 7\npolicy rr\nlimit tasks 999999999999999999999\n", 4),
    ("coros journal 1\nseed 7\npolicy rr\n", 4),
  ])
  func `an invalid journal is refused, with its line`(_ text: String, _ line: Int) {
    let session = TestShell()
    session.type("spawn count 3", "step")
    let before = session.shell.picture
    let error = #expect(throws: JournalError.self) { try session.shell.session.load(text) }
    #expect(error?.line == line)
    #expect(session.shell.picture == before)
  }

  @Test(arguments: [
    "nonsense", "@", "@x spawn count", "@1 spawn count", "@5", "@5 exec rm", "@5 exit",
    "@5 save /tmp/x", "@5 source /etc/passwd", "@5 echo hello", "@5 spawn", "@5 spawn nothing",
    "@5 spawn count 3; spawn count 3", "@5 kill", "@5 kill 1 2", "@5 policy", "@5 answer",
    "@5 give up", "@5 wait x", "@5 wait 0", "at 4 tick 5", "at 6 tick 5",
    "at 5 tick 4", "at 6 tick 900", "at 9223372036854775807 tick 9223372036854775807",
    "at 99999999999999999999 tick 5", "at 6", "at x tick y", "go 99", "go -1", "go", "branch 3",
    "branch 0", "branch x", "bookmark", "replay", "replay schedule1@0@rr", "jump 3", "jump x",
  ])
  func `an impossible line is refused, and nothing changes`(_ wrong: String) {
    var lines = Self.good.split(separator: "\n").map { String($0) }
    lines.insert(wrong, at: 7)
    let session = TestShell()
    session.type("spawn count 3", "step")
    let before = session.shell.picture
    let error = #expect(throws: JournalError.self) {
      try session.shell.session.load(lines.joined(separator: "\n"))
    }
    #expect(error?.line == 8)
    #expect(session.shell.picture == before)
    #expect(session.shell.brokenInvariants() == [])
  }

  @Test func `cut, mixed and doubled lines are loaded or refused`() {
    let lines = Self.good.split(separator: "\n").map { String($0) }
    var random = RandomSource(seed: 8)
    for _ in 0..<150 {
      var mixed = lines
      switch random.next(below: 4) {
      case 0: mixed.removeLast(random.next(below: mixed.count))
      case 1: mixed.swapAt(random.next(below: lines.count), random.next(below: lines.count))
      case 2:
        mixed.insert(lines[random.next(below: lines.count)], at: random.next(below: lines.count))
      default:
        let place = random.next(below: mixed.count)
        mixed[place] = String(mixed[place].dropLast(random.next(below: 5)))
      }
      let session = TestShell()
      do throws(JournalError) {
        try session.shell.session.load(mixed.joined(separator: "\n"))
      } catch {
        #expect(error.line >= 1 && error.line <= mixed.count + 1)
        #expect(session.shell.machine.journal.isEmpty)
      }
      #expect(session.shell.brokenInvariants() == [])
    }
  }

  // MARK: Files

  @Test func `a session is saved and loaded`() throws {
    let folder = try TemporaryFolder()
    let session = TestShell()
    session.type("spawn family 3", "step 9", "back 4")
    #expect(session.type("save \(folder.path)/a.journal").hasPrefix("saved, "))
    let other = TestShell()
    #expect(
      other.type("load \(folder.path)/a.journal")
        == "loaded: tick 5, \(session.shell.scheduler.liveTaskCount) live tasks; "
        + "4 steps of recorded future ahead\n"
    )
    #expect(other.shell.picture == session.shell.picture)
    // Saved again over itself, and then over another file.
    #expect(other.type("save \(folder.path)/a.journal").hasPrefix("saved, "))
    try folder.write("b", "precious")
    #expect(other.type("save \(folder.path)/b").contains("is not a journal"))
    #expect(try FileReader.text(folder.path + "/b") == "precious")
    #expect(other.type("save \(folder.path)/b --force").hasPrefix("saved, "))
    #expect(try FileReader.text(folder.path + "/b").hasPrefix("coros journal 1\n"))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.sorted() == ["a.journal", "b"])
  }
}
