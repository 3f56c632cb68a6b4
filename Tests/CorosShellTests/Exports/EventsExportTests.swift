import CorosKernel
import Foundation
import Testing

@testable import CorosCommands
@testable import CorosFiles
@testable import CorosHistory
@testable import CorosLanguage
@testable import CorosShell
@testable import CorosTestSupport

@Suite struct EventsExportTests {
  private let bench: ExportBench

  init() throws { bench = try ExportBench() }

  private var shell: Shell { bench.session.shell }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `every event of the present run is exported by its schema`(_ seed: UInt64) throws {
    let log = EventLog(.all, limit: .max)
    shell.machine.add(log)
    bench.live(seed: seed)
    let found = try bench.read("jsonl", by: "events.py")
    let kinds = try #require(found["kinds"] as? [String: Int])
    #expect(kinds.values.reduce(0, +) == log.events.count)
    let dispatches = log.events.count { $0.action == .dispatched }
    #expect(kinds["dispatched"] == dispatches && dispatches > 0)
  }

  @Test func `text of any kind is preserved`() throws {
    try bench.spawnAwkward()
    bench.session.type("run 40")
    let found = try bench.read("jsonl", by: "events.py")
    #expect(found["names"] as? [String] == ExportBench.awkward)
    #expect(found["texts"] as? [String] == ExportBench.awkward)
  }

  @Test func `it is written piece by piece`() throws {
    bench.session.type("spawn count 20000; run 20000")
    bench.session.host.forgetWrites()
    bench.session.host.takeOutput()
    bench.session.type("export --jsonl -")
    #expect(bench.session.host.output.utf8.count > 3_000_000)
    #expect(bench.session.host.largestWrite < 100_000)
  }

  @Test func `a call of a program in text has its line, in every format`() throws {
    bench.session.type("shared n = 0", "program bump {\n  n = 7\n}", "spawn bump", "run")
    _ = try bench.read("jsonl", by: "events.py")
    let events = bench.session.type("export --jsonl -")
    #expect(events.contains(#""call":"WriteCell","arguments":"n = 7","line":2}"#))
    let back = try bench.export("jsonl", "run")
    #expect(bench.session.type("load \(back)", "clock").contains("tick 2"))
    _ = try bench.read("perfetto", by: "trace.py")
    #expect(bench.session.type("export --perfetto -").contains(#""arguments":"n = 7","line":2}"#))
    #expect(bench.session.type("trace show 9").contains("WriteCell(n = 7), in line 2"))
  }

  // MARK: Bringing it back

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `load restores the run`(_ seed: UInt64) throws {
    bench.live(seed: seed)
    let path = try bench.export("jsonl")
    let other = TestShell()
    #expect(other.type("load \(path)").hasPrefix("loaded: tick \(shell.scheduler.now), "))
    #expect(other.shell.picture == shell.picture)
    #expect(other.shell.machine.branchCount == shell.machine.branchCount)
  }

  @Test func `the file may have been rewritten by another JSON writer`() throws {
    bench.session.type("spawn family 2; spawn dice 3; run 20; back 3")
    let path = try bench.export("jsonl")
    let lines = try FileReader.text(path).split(separator: "\n").map { line -> String in
      let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
      // Foundation writes keys in any order: only the strings are written by it.
      guard let object = value as? [String: Any], let text = object["text"] as? String else {
        return String(line)
      }
      let escaped = text.unicodeScalars.map { "\\u" + String(format: "%04x", $0.value) }.joined()
      return String(line).replacing("\"text\":\"\(text)\"", with: "\"text\" : \"\(escaped)\" ")
    }
    try bench.folder.write("export", lines.joined(separator: "\r\n"))
    #expect(TestShell().type("load \(path)").hasPrefix("loaded: "))
  }

  @Test func `a different event is named, and nothing changes`() throws {
    bench.session.type("spawn count 3; run")
    let path = try bench.export("jsonl")
    let lines = try FileReader.text(path).split(separator: "\n").map { String($0) }
    let place = try #require(lines.firstIndex { $0.contains(#""kind":"wrote","text":"2""#) })
    func refusal(_ lines: [String]) throws -> String {
      try bench.folder.write("export", lines.map { $0 + "\n" }.joined())
      let session = TestShell()
      let said = session.type("load \(path)")
      #expect(session.shell.machine.journal.isEmpty && session.shell.scheduler.endedTaskCount == 0)
      return said
    }
    var changed = lines
    changed[place] = changed[place].replacing(#""text":"2""#, with: #""text":"3""#)
    #expect(
      try refusal(changed).contains("export:\(place + 1): the run differs from the recorded one")
    )
    changed = lines
    changed[place] = "nonsense"
    #expect(try refusal(changed).contains("export:\(place + 1): "))
    #expect(try refusal(Array(lines.dropLast())).contains("is it cut off?"))
    #expect(try refusal(lines + ["{}"]).contains("nothing should follow"))
    changed = lines
    changed[0] = #"{"coros":"events","version":2}"#
    #expect(try refusal(changed).contains("export:1: this export is of a version"))
    changed = lines
    changed[5] = #"{"journal":"@0 spawn nonsense"}"#
    #expect(try refusal(changed).contains("export:6: "))
  }

  @Test func `diff takes an export as it takes a journal`() throws {
    let folder = try TemporaryFolder()
    let session = TestShell()
    session.type("spawn count 3; spawn dice; run 9")
    session.type("export --jsonl \(folder.path)/run.jsonl")
    #expect(session.type("diff \(folder.path)/run.jsonl branch:1").contains("the same"))
    let other = session.type("diff \(folder.path)/run.jsonl seed:7")
    #expect(other.contains("these tasks have different results"))
  }
}
