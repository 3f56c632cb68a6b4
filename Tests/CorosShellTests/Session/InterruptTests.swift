import CorosTestSupport
import Foundation
import Testing

@testable import CorosCommands
@testable import CorosHistory
@testable import CorosInsight
@testable import CorosLanguage
@testable import CorosSession
@testable import CorosShell

/// Ctrl-C reaches every command of the table: it ends soon, its status is 130, and nothing after it runs.
@Suite(.timeLimit(.minutes(15))) struct InterruptTests {
  /// What is typed so that a command has as much to do as it can; `%` stands for a folder with files.
  ///
  /// Any other command, a new one for example, is typed as the reference shows it.
  static let heavy: [String: String] = [
    "back": "back 9000", "branch": "branch 1", "compare": "compare fifo rr",
    "diff": "diff branch:2 policy:lottery", "export": "export --jsonl -", "forward": "forward 9000",
    "goto": "goto 1", "info": "info 1", "load": "load %/journal", "output": "output 1",
    "ps": "ps -a -n all", "queue": "queue -n all", "replay": "replay %/schedule", "run": "run",
    "save": "save %/saved", "source": "source %/script", "stats": "stats -n all",
    "step": "step 1000000", "timeline": "timeline", "tree": "tree -a -n all", "wait": "wait 1",
    "why": "why 1", "workload": "workload --random 20000",
  ]

  /// All commands but the one that ends the session.
  static let names = CommandTable.all.names.filter { $0 != "exit" }

  private func line(for name: String) -> String {
    let shown = CommandTable.all.command(named: name)?.reference.demonstration ?? []
    let line = Self.heavy[name] ?? shown.last { $0.prefix { $0 != " " } == name } ?? name
    return line.replacing("%", with: folder.path)
  }

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A session with many tasks, and a long past of which a part lies ahead, on the second branch.
  private func session(isJSON: Bool) throws -> TestShell {
    let session = isJSON ? TestShell.json() : TestShell()
    session.type(
      "limit tasks 100000",
      "spawn spin",
      "spawn -m count 30000",
      "workload --random 400 --seed 1",
      "run 3000",
      "back 1000",
      "seed 7",
      "run 1500",
      "break when tick == 1",
      "back 1000"
    )
    session.type("schedule")
    try folder.write("schedule", session.shell.machine.schedule.description)
    try folder.write("journal", session.shell.session.journalText)
    try folder.write("script", String(repeating: "step\n", count: 3_000))
    _ = session.host.takeSeen()
    session.host.takeOutput()
    return session
  }

  /// However long somebody waits before pressing Ctrl-C, little is done after it.
  @Test(arguments: names, [0, 2])
  func `Ctrl-C ends it soon`(_ name: String, _ patience: Int) throws {
    for isJSON in patience == 0 ? [false, true] : [false] {
      let session = try session(isJSON: isJSON)
      let line = line(for: name)
      let before = session.shell.machine.moment
      session.host.patience = patience
      let status = session.shell.execute("\(line) || echo went on; echo went on")
      session.shell.flush()
      session.host.patience = nil
      let isOver = status == CommandFailure.interruptedStatus
      // What needs fewer questions than somebody has patience is done before the key is pressed.
      let isQuick = patience > 0 && !session.host.wasInterrupted
      #expect(isOver || isQuick)
      if patience == 0 {
        #expect(isOver && !session.host.takeSeen().contains("went on\n"))
      }
      // Whatever it does, it has done little: so it has asked. A listing asks every ten thousand rows.
      #expect(session.host.takeOutput().utf8.count < 100_000)
      #expect(session.shell.machine.moment - before <= 1_100)
      #expect(session.shell.brokenInvariants() == [])
    }
  }

  /// Work that is done before the first text, or after the last.
  @Test(arguments: [
    "export --dot %/out", "export --mermaid %/out", "export --csv %/out", "compare fifo rr",
    "why 1", "diff branch:1 branch:2", "load %/journal",
  ])
  func `an interrupted look leaves the machine as it is, and no half file`(_ line: String) throws {
    let session = try session(isJSON: false)
    let shell = session.shell
    let before = shell.picture
    let line = line.replacing("%", with: folder.path)
    func takeFile() -> String? {
      defer { try? FileManager.default.removeItem(atPath: folder.file("out")) }
      return try? String(contentsOfFile: folder.file("out"), encoding: .utf8)
    }
    #expect(shell.execute(line) == 0)
    let whole = takeFile()
    for patience in [0, 1, 3, 10, 300] {
      session.host.patience = patience
      let status = shell.execute(line)
      session.host.patience = nil
      // What needs fewer questions than somebody has patience is done before the key is pressed.
      let isOver = status == CommandFailure.interruptedStatus
      #expect(isOver || patience > 1 && status == 0)
      #expect(shell.picture == before)
      let file = takeFile()
      #expect(file == nil || file == whole)
      if patience == 0 { #expect(file == nil) }
    }
    // What was put off does not stand in the way of what comes next.
    #expect(shell.execute("step") == 0)
    #expect(shell.brokenInvariants() == [])
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

  @Test(arguments: [0, 1, 2, 3, 5])
  func `an interrupted journey changes nothing, or stands on its way`(_ patience: Int) throws {
    let session = try session(isJSON: false)
    let shell = session.shell
    for line in ["back 9000", "goto 0", "branch 1", "rcontinue", "goto last 2", "forward 9000"] {
      session.host.patience = patience
      let status = shell.execute(line)
      session.host.patience = nil
      if patience == 0 { #expect(status == CommandFailure.interruptedStatus) }
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
