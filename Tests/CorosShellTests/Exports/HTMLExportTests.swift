import CorosKernel
import CorosTestSupport
import Testing

@testable import CorosHistory
@testable import CorosShell

@Suite struct HTMLExportTests {
  private let bench: ExportBench

  init() throws { bench = try ExportBench() }

  private var shell: Shell { bench.session.shell }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `a page contains the whole run`(_ seed: UInt64) throws {
    let log = EventLog(.all, limit: .max)
    shell.machine.add(log)
    bench.live(seed: seed)
    let page = try bench.read("html", by: "page.py")
    let steps = log.events.filter { $0.action == .dispatched }
    #expect(page["steps"] as? [Int] == steps.map(\.task.rawValue) && !steps.isEmpty)
    let ticks = (0...shell.machine.moment).map { shell.machine.tick(atMoment: $0) }
    #expect(page["ticks"] as? [Int] == ticks)
    let tasks = Array(shell.scheduler.tasks(includingEnded: true))
    #expect(page["names"] as? [String] == tasks.map(\.name))
    #expect(page["states"] as? [String] == tasks.map(\.state.word))
    #expect(page["ran"] as? [Int] == tasks.map(\.accounting.dispatches))
    #expect(page["schedule"] as? String == shell.machine.schedule.description)
    let output = log.events.compactMap { event -> String? in
      if case .wrote(let text) = event.action { "\(event.task): \(text)" } else { nil }
    }
    let lines = try #require(page["output"] as? [[Any]])
    #expect(lines.map { "\($0[0]): \($0[1])" } == output)
    let journal = try #require(page["journal"] as? [String])
    #expect(journal.first == "coros journal 1" && journal.contains { $0.hasPrefix("@") })
  }

  @Test func `names and texts of any kind can be shown, and nothing else`() throws {
    try bench.spawnAwkward()
    bench.session.type("run 40")
    let page = try bench.read("html", by: "page.py")
    let names = try #require(page["names"] as? [String])
    #expect(names.count == ExportBench.awkward.count)
    #expect(names[0] == "plain" && names[3] == "line\nfeed")
    #expect(names[7] == "<b>&amp;</b> #quot; `code` %7B")
    #expect(names.contains("\u{FFFD}right to left") && names.contains { $0.contains("\u{2400}") })
    let scalars = names.joined().unicodeScalars
    #expect(!scalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202E}" })
  }

  @Test(arguments: ["rr", "lottery", "mlfq", "fair"])
  func `a thousand steps need few bytes`(_ policy: String) throws {
    bench.session.type("policy \(policy)")
    for _ in 1...4 { bench.session.type("spawn count 1000") }
    bench.session.type("spawn clock 1000; run 1000")
    let page = try bench.read("html", by: "page.py")
    #expect((page["steps"] as? [Int])?.count == 1_000)
    #expect(try #require(page["bytes"] as? Int) < 40_000)
    #expect(try #require(page["rows"] as? Int) < 30_000)
  }

  @Test(arguments: [
    "workload len=3 at=2,len=3; run 2", "policy stcf; workload len=9 at=2,len=3; run 2",
    "spawn clock 3 2; spawn spin; run 4",
  ])
  func `a page shows what is due at a tick as ps does`(_ run: String) throws {
    bench.session.type(run)
    #expect(shell.scheduler.hasDue)
    let page = try bench.read("html", by: "page.py")
    let states = shell.asOfNow { shell.scheduler.tasks(includingEnded: true).map(\.state.word) }
    #expect(page["states"] as? [String] == states)
    #expect(states != shell.scheduler.tasks(includingEnded: true).map(\.state.word))
  }

  @Test func `long lines that differ in numbers take little room`() throws {
    let text = String(repeating: "and so on ", count: 30)
    bench.session.type(
      "program talk { var i = 0; loop { write \"\(text)\" i; i = i + 1 } }",
      "spawn talk x3; run 1000"
    )
    let page = try bench.read("html", by: "page.py")
    let output = try #require(page["output"] as? [[Any]])
    #expect(output.count == 1_000)
    #expect(output.last?[1] as? String == text + " 333")
    #expect(try #require(page["bytes"] as? Int) < 60_000)
  }

  @Test func `a part of a run can be exported`() throws {
    bench.session.type("spawn count 50; spawn count 50; run 60")
    bench.session.type("export --html \(bench.path("part")) --from 20 --to 30")
    let page = try Validator.read(bench.path("part"), by: "page.py")
    #expect(page["ticks"] as? [Int] == Array(20...30))
    #expect(page["ran"] as? [Int] == [15, 15])
    let refused = bench.session.type("export --html \(bench.path("none")) --from 30 --to 20")
    #expect(refused.contains("the tick is out of range: 20"))
  }

  @Test func `a program that cannot be replayed makes no page`() throws {
    var runs = 0
    try shell.machine.act("outside") { scheduler in
      try scheduler.createTask("outside") { os in
        runs += 1
        if runs > 1 { try await os.exit(1) }
        try await os.yield()
      }
    }
    bench.session.type("run")
    let said = bench.session.type("export --html \(bench.path("page"))")
    #expect(said.contains("outside the machine cannot be replayed"))
    #expect(bench.session.type("export --html - | head 1").contains("<!DOCTYPE") == false)
  }
}
