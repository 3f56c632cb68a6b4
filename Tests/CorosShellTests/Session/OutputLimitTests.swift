import CorosKernel
import Testing

@testable import CorosCommands
@testable import CorosInsight
@testable import CorosSession
@testable import CorosShell

/// How much is kept and shown of tasks that write more than anyone reads.
@Suite struct OutputLimitTests {
  @Test(arguments: [1, 20, 100, 5_000], [0, 1, 10, 300])
  func `the end of a task's output is kept, up to its limit`(limit: Int, length: Int) {
    var output = KeptOutput()
    var written: [String] = []
    for number in 1...200 {
      written.append("\(number) " + String(repeating: "é", count: length))
      output.append(written.last ?? "", limit: limit)
      #expect(output.cost <= limit)
      let kept = Array(output.kept)
      // Whole texts, except that the oldest may have lost its beginning.
      #expect(written.suffix(max(0, kept.count - 1)) == kept.suffix(max(0, kept.count - 1))[...])
      if let first = kept.first { #expect(written[written.count - kept.count].hasSuffix(first)) }
      let keptBytes = kept.reduce(0) { $0 + $1.utf8.count + 1 }
      #expect(output.droppedBytes + keptBytes == output.writtenBytes)
    }
    #expect(output.writtenCount == 200)
  }

  @Test func `many tasks with little output have a common limit`() {
    var store = OutputStore()
    store.limit = 1 << 20
    let text = String(repeating: "x", count: 10_000)
    for tid in 1...10_000 as ClosedRange<Int> { store.append(text, by: TaskID(rawValue: tid)) }
    let kept = (1...10_000).filter { store[TaskID(rawValue: $0)] != nil }
    #expect(kept.count * 10_000 <= 16 << 20)
    #expect(kept.count > 1_000)
    // The last writers are kept, and it is known that others were forgotten.
    #expect(kept.last == 10_000 && kept == Array((10_001 - kept.count)...10_000))
    #expect(store.hasForgotten)
  }

  @Test func `a task that keeps writing is not forgotten for others that do not`() {
    var store = OutputStore()
    let text = String(repeating: "x", count: 10_000)
    for tid in 2...10_000 as ClosedRange<Int> {
      store.append("still here", by: 1)
      store.append(text, by: TaskID(rawValue: tid))
    }
    #expect(store[1]?.writtenCount == 9_999)
    #expect(store[2] == nil)
  }

  @Test func `a lower limit applies to earlier output, too`() {
    let session = TestShell()
    session.type("spawn babble 100", "run 50", "limit output 500")
    #expect((session.shell.session.recorders.outputs[1]?.cost ?? .max) <= 500)
    #expect(
      session.type("output 1 1").hasSuffix("50 \(String(repeating: "bla ", count: 24))bla.\n")
    )
  }

  @Test func `the shown output depends only on the written output`() {
    var allowance = OutputAllowance()
    let whole = OutputAllowance.Grant(bytes: 60, notice: nil)
    #expect(allowance.ask(for: 60, by: 1, limit: 100) == whole)
    #expect(allowance.ask(for: 60, by: 2, limit: 100) == whole)
    #expect(allowance.ask(for: 60, by: 1, limit: 100) == .init(bytes: 40, notice: .oneTask))
    #expect(allowance.ask(for: 60, by: 1, limit: 100) == .init(bytes: 0, notice: nil))
    #expect(allowance.ask(for: 40, by: 2, limit: 100) == .init(bytes: 40, notice: nil))
    allowance.begin()
    #expect(allowance.ask(for: 60, by: 1, limit: 100) == whole)
  }

  @Test func `all tasks together are shown a multiple of the limit of one`() {
    var allowance = OutputAllowance()
    var shown = 0
    var notices: [OutputAllowance.Notice] = []
    for tid in 1...1_000 as ClosedRange<Int> {
      let grant = allowance.ask(for: 70, by: TaskID(rawValue: tid), limit: 100)
      shown += grant.bytes
      if let notice = grant.notice { notices.append(notice) }
    }
    #expect(shown == 100 * OutputAllowance.shares)
    #expect(notices == [.allTasks])
  }

  @Test func `a script sees all output`() {
    let session = TestShell()
    #expect(session.run("limit output 10\nspawn babble 100\nrun 1000") == 0)
    #expect(
      session.host.output.split(separator: "\n").filter { $0.hasPrefix("[1] ") }.count == 1_000
    )
    #expect(session.host.errors.isEmpty)
  }

  private func liveSession() -> TestShell {
    var settings = Settings()
    settings.isInteractive = true
    let session = TestShell(settings)
    session.type("live on 1000000", "spawn babble 100", "spawn babble 10000")
    return session
  }

  @Test func `a babbling task leaves the prompt usable`() {
    let session = liveSession()
    let second: UInt64 = 1_000_000_000
    var seen = ""
    for slice in 0..<100 as Range<UInt64> {
      _ = session.shell.liveSlice(nanoseconds: 5 * second + slice * 20_000_000)
      seen += session.host.takeSeen()
    }
    // Two seconds of two tasks, each of which wrote a hundred thousand lines.
    #expect(session.shell.scheduler.now >= 198_000)
    #expect(seen.utf8.count < 2 * 2 * 20_000)
    // Each is reported once, although both keep babbling.
    let notices = seen.split(separator: "\n").filter { $0.contains("has written more than") }
    #expect(notices.map { $0.prefix(15) } == ["task 2 (babble)", "task 1 (babble)"])
    // Every command works meanwhile.
    #expect(session.type("kill 1 2") == "task 1 killed\ntask 2 killed\n")
    #expect(session.type("output 1 1").contains("bla"))
  }

  @Test func `a task that was quiet for a second is reported again`() {
    let session = liveSession()
    let second: UInt64 = 1_000_000_000
    func notices(from start: UInt64) -> Int {
      for part in 0..<10 as Range<UInt64> {
        _ = session.shell.liveSlice(nanoseconds: start + part * 10_000_000)
      }
      return session.host.takeSeen().split(separator: "\n")
        .filter { $0.hasPrefix("task 1") && $0.contains("more than") }.count
    }
    #expect(notices(from: 5 * second) == 1)
    #expect(notices(from: 6 * second) == 0)
    session.type("stop 1")
    #expect(notices(from: 7 * second) == 0)
    session.type("resume 1")
    #expect(notices(from: 8 * second) == 1)
  }

  @Test func `a trace of enormous lines keeps the beginning of each`() {
    let session = TestShell()
    session.type("trace on", "spawn babble 100000", "run 3")
    let shown = session.type("trace show 100")
    #expect(shown.contains("1 bla bla") && shown.contains("3 bla bla"))
    #expect(shown.utf8.count < 10_000)
  }
}
