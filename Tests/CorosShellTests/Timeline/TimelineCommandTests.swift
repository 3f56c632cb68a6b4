import CorosKernel
import CorosTestSupport
import Foundation
import Testing

@testable import CorosCommands
@testable import CorosInsight
@testable import CorosLanguage
@testable import CorosSession
@testable import CorosShell

@Suite struct TimelineCommandTests {
  @Test(arguments: [
    "timeline x", "timeline 0", "timeline 99", "timeline -1", "timeline 1..x", "timeline ..",
    "timeline 5..5", "timeline 9..3", "timeline 1000..", "timeline ..0", "timeline -3..5",
    "timeline 1..2..3", "timeline 1..2 3..4", "timeline --from", "timeline --from x",
    "timeline --from 3 --from 4", "timeline --from 5 --to 2", "timeline --from 1 2..3",
    "timeline --svg", "timeline --svg ''", "timeline --svg /", "timeline --svg /no/such/place.svg",
    "timeline --nonsense", "timeline 99999999999999999999", "timeline 0..99999999999999999999",
  ])
  func `an impossible chart is refused, with a hint`(_ line: String) {
    let session = TestShell()
    session.type("spawn job 5; spawn job 3; run")
    let before = session.host.output
    #expect(session.shell.execute(line) == 1)
    session.shell.flush()
    #expect(session.host.output == before)
    #expect(session.host.errors.contains("hint: "), "\(session.host.errors)")
  }

  @Test func `all ways to write a range mean the same ticks`() {
    let session = TestShell()
    session.type("spawn job 5; spawn job 3; run")
    let wanted = session.type("timeline 2..6")
    #expect(session.type("timeline --from 2 --to 6") == wanted)
    #expect(session.type("timeline --to 6 --from 2") == wanted)
    #expect(session.type("timeline 0..") == session.type("timeline"))
    #expect(session.type("timeline ..9999") == session.type("timeline"))
    #expect(wanted.contains("ticks 2 to 6"))
  }

  @Test(arguments: [20, 40, 80, 300])
  func `a huge run fits the terminal`(_ width: Int) {
    let session = TestShell()
    session.host.width = width
    session.type("limit tasks 20000", "policy rr quantum=50")
    for _ in 0..<5 { session.type("spawn -m job 2000") }
    session.type("run 1000", "spawn clock 1000000000000 2", "run")
    let seen =
      session.type("timeline") + session.type("timeline 0..100") + session.type("timeline 1 3")
    for line in seen.split(separator: "\n") {
      #expect(line.reduce(0) { $0 + $1.displayWidth } <= width, "\(line)")
    }
  }

  @Test func `of ten thousand tasks a screenful is shown, and how to see the others`() {
    let session = TestShell()
    session.type("limit tasks 20000")
    for _ in 0..<10_000 { session.shell.execute("spawn -m job 2") }
    _ = session.type("run 15000")
    let seen = session.type("timeline").split(separator: "\n")
    #expect(seen.count <= 24)
    #expect(seen.last == "18 of 10000 tasks; `timeline -n all` shows all, `timeline TID ...` some")
    #expect(session.type("timeline -n 3").split(separator: "\n").count < 10)
    #expect(session.type("timeline -n all").split(separator: "\n").count > 10_000)
    let named = session.type("timeline 9000 10000")
    #expect(named.split(separator: "\n").count == 6)
  }

  @Test func `after a million changes the oldest are forgotten, with a note`() {
    let session = TestShell()
    session.type("spawn -m job 1000000; spawn -m job 1000000; run 1200000")
    let horizon = session.shell.session.recorders.timeline.horizon
    #expect(horizon > 190_000 && horizon < 210_000)
    let seen = session.type("timeline")
    #expect(seen.contains("the ticks before \(horizon) are forgotten"))
    #expect(!session.type("timeline 1199900..").contains("forgotten"))
    #expect(session.shell.execute("timeline ..1000") == 1)
  }

  @Test func `a reset begins a new timeline`() {
    let session = TestShell()
    session.type("spawn job 5; run; reset")
    #expect(session.type("timeline") == "nothing has run yet; `spawn PROGRAM` and then `run`\n")
    session.type("spawn job 2; run")
    #expect(session.type("timeline").contains("1 job ██│\n"))
  }

  @Test func `the JSON has every task and every tick`() throws {
    let session = TestShell.json()
    session.type("spawn job 3; spawn job 2; run")
    let line = try #require(try parsedLines(session.type("timeline")).first)
    #expect(line.keys.prefix(2) == ["command", "tasks"])
    let tasks = try #require(line["tasks"] as? [[String: Any]])
    #expect(tasks.map { $0["tid"] as? Int } == [1, 2])
    let spans = try #require(tasks[0]["spans"] as? [[String: Any]])
    #expect(
      spans.map { $0["state"] as? String } == ["running", "ready", "running", "ready", "running"]
    )
    #expect(spans.map { $0["from"] as? Int } == [0, 1, 2, 3, 4])
    #expect(spans.map { $0["to"] as? Int } == [1, 2, 3, 4, 5])
  }

  @Test func `a picture is written, and no foreign file is overwritten`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a.svg"
    let session = TestShell()
    session.type("spawn job 3; spawn job 2; run")
    #expect(session.type("timeline --svg \(path)").contains("ticks 0 to 5, 2 tasks"))
    let first = try String(contentsOfFile: path, encoding: .utf8)
    #expect(first.hasPrefix("<?xml") && first.hasSuffix("</svg>\n"))
    session.type("timeline 2..4 --svg \(path)")
    #expect(try String(contentsOfFile: path, encoding: .utf8) != first)
    let theirs = try folder.write("b.svg", "<svg/>")
    #expect(session.type("timeline --svg \(theirs)").contains("--force"))
    #expect(try String(contentsOfFile: theirs, encoding: .utf8) == "<svg/>")
    session.type("timeline --svg \(theirs) --force")
    #expect(try String(contentsOfFile: theirs, encoding: .utf8) == first)
  }
}
