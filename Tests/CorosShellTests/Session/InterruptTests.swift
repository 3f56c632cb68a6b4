import CorosTestSupport
import Foundation
import Testing

@testable import CorosHistory
@testable import CorosInsight
@testable import CorosLanguage
@testable import CorosSession
@testable import CorosShell

/// Ctrl-C reaches every command of the table: it ends soon, its status is 130, and nothing after it runs.
@Suite(.timeLimit(.minutes(5))) struct InterruptTests {
  /// What is typed so that each command has as much to do as it can; `%` stands for a folder with files.
  ///
  /// A new command needs a line here.
  static let lines: [String: String] = [
    "answer": "answer 1", "assert": "assert tick > 0", "back": "back 9000",
    "bookmark": "bookmark x",
    "branch": "branch 1", "branches": "branches", "break": "break 1", "breaks": "breaks",
    "clock": "clock",
    "compare": "compare fifo rr", "continue": "continue", "delete": "delete all",
    "diff": "diff branch:2 policy:lottery", "disable": "disable all", "echo": "echo x",
    "enable": "enable all",
    "exit": "exit 3", "export": "export --jsonl -", "forward": "forward 9000", "goto": "goto 1",
    "help": "help",
    "hint": "hint", "history": "history", "info": "info 1", "kill": "kill 1", "limit": "limit",
    "lints": "lints",
    "live": "live", "load": "load %/journal", "nice": "nice 1 3", "output": "output 1",
    "pick": "pick 1",
    "policy": "policy", "priority": "priority 1 3", "procs": "procs cci", "programs": "programs",
    "ps": "ps -a -n all", "queue": "queue -n all", "quiz": "quiz", "rcontinue": "rcontinue",
    "replay": "replay %/schedule", "reset": "reset", "resume": "resume 1", "run": "run",
    "save": "save %/saved",
    "schedule": "schedule", "seed": "seed 3", "set": "set", "source": "source %/script",
    "spawn": "spawn count",
    "stats": "stats -n all", "step": "step 1000000", "stepper": "stepper", "stop": "stop 1",
    "tickets": "tickets 1 3", "timeline": "timeline", "trace": "trace", "tree": "tree -a -n all",
    "wait": "wait 1",
    "watch": "watch tick > 5", "why": "why 1", "workload": "workload --random 20000",
  ]

  /// Commands that end the session, or are done before anybody could press a key.
  static let names = lines.keys.sorted().filter { $0 != "exit" }

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A session with many tasks, and a long past of which a part lies ahead, on the second branch.
  private func session(isJSON: Bool) throws -> TestShell {
    let session = isJSON ? TestShell.json() : TestShell()
    session.type(
      "limit tasks 100000",
      "spawn spin",
      "spawn -m count 30000",
      "workload --random 2000 --seed 1",
      "run 9000",
      "back 2000",
      "seed 7",
      "run 4000",
      "break when tick == 1",
      "back 1000"
    )
    session.type("schedule")
    try folder.write("schedule", session.shell.machine.schedule.description)
    try folder.write("journal", session.shell.session.journalText)
    try folder.write("script", String(repeating: "step\n", count: 9_000))
    _ = session.host.takeSeen()
    session.host.takeOutput()
    return session
  }

  @Test func `every command has a line here`() {
    #expect(Set(Self.lines.keys) == Set(CommandTable.all.names))
  }

  /// However long somebody waits before pressing Ctrl-C, little is done after it.
  @Test(arguments: names, [0, 2])
  func `Ctrl-C ends it soon`(_ name: String, _ patience: Int) throws {
    for isJSON in [false, true] {
      let session = try session(isJSON: isJSON)
      let line = (Self.lines[name] ?? "").replacing("%", with: folder.path)
      let before = session.shell.machine.moment
      session.host.patience = patience
      let status = session.shell.execute("\(line) || echo went on; echo went on")
      session.shell.flush()
      session.host.patience = nil
      let isOver = status == CommandFailure.interruptedStatus
      // What needs fewer questions than somebody has patience is done before the key is pressed.
      let isQuick = patience > 0 && !session.host.wasInterrupted
      #expect(isOver || isQuick)
      if isOver { #expect(!session.host.takeSeen().contains("went on\n")) }
      // Whatever it does, it has done little: so it has asked.
      #expect(session.host.takeOutput().utf8.count < 100_000)
      #expect(session.shell.machine.moment - before <= 1_100)
      #expect(session.shell.brokenInvariants() == [])
    }
  }

  @Test func `in a script nothing more runs`() {
    for line in ["spawn spin; run", "spawn spin; wait 1", "source no-such-file"] {
      let session = TestShell.keepingGoing()
      session.host.patience = 50
      let status = session.run("\(line) || echo went on\necho went on\n")
      #expect(status == CommandFailure.interruptedStatus || line.hasPrefix("source"))
      if !line.hasPrefix("source") { #expect(!session.host.takeOutput().contains("went on")) }
    }
  }

  @Test func `an interrupted journey changes nothing, or stands on its way`() throws {
    let session = try session(isJSON: false)
    let shell = session.shell
    for (line, isForward) in [
      ("back 9000", false), ("goto 0", false), ("branch 1", false), ("rcontinue", false),
      ("goto last 2", false), ("forward 9000", true),
    ] {
      let picture = shell.picture
      session.host.patience = 2
      #expect(shell.execute(line) == CommandFailure.interruptedStatus)
      session.host.patience = nil
      #expect(isForward || shell.picture == picture)
      // What the recorders know fits the moment at which the machine stands, and the journal leads there.
      let other = TestShell()
      try other.shell.session.load(shell.session.journalText)
      #expect(other.shell.picture == shell.picture)
      #expect(
        other.shell.session.recorders.timeline.tasks(in: 0..<20_000, now: 20_000)
          == shell.session.recorders.timeline.tasks(in: 0..<20_000, now: 20_000)
      )
      #expect(shell.brokenInvariants() == [])
    }
  }
}
