import CorosKernel
import Testing

@testable import CorosShell

@Suite struct TraceExportTests {
  private let bench: ExportBench

  init() throws { bench = try ExportBench() }

  private var scheduler: Scheduler { bench.session.shell.scheduler }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `slices nest, arrows end, and the ticks add up`(_ seed: UInt64) throws {
    bench.live(seed: seed)
    let found = try bench.read("perfetto", by: "trace.py")
    let totals = try #require(found["totals"] as? [String: [String: Int]])
    for task in scheduler.tasks(includingEnded: true) {
      let ticks = totals[task.tid.description] ?? [:]
      #expect(ticks["running", default: 0] == task.accounting.dispatches, "task \(task.tid)")
      if ticks["stopped"] == nil {
        #expect(ticks["ready", default: 0] == task.accounting.wait(now: scheduler.now))
        let blocked = ticks["waiting", default: 0] + ticks["sleeping", default: 0]
        #expect(blocked == task.accounting.blocked(now: scheduler.now), "task \(task.tid)")
      }
    }
  }

  @Test func `an arrow leads from the waker to the woken task`() throws {
    bench.session.type("spawn family 1; run")
    let found = try bench.read("perfetto", by: "trace.py")
    let list = try #require(found["arrows"] as? [[Any]])
    let arrows = list.map { arrow in arrow.map { "\($0)" }.joined(separator: " ") }
    #expect(arrows.contains("creates 1 2"))
    #expect(arrows.contains("wakes 2 1"))
  }

  @Test func `tracks have the names of their tasks`() throws {
    try bench.spawnAwkward()
    bench.session.type("run 40")
    let found = try bench.read("perfetto", by: "trace.py")
    let names = try #require(found["names"] as? [String: String])
    for (index, name) in ExportBench.awkward.enumerated() {
      #expect(names["\(index + 1)"] == "\(index + 1) \(name)")
    }
  }

  @Test func `a machine without tasks has an empty trace`() throws {
    let found = try bench.read("perfetto", by: "trace.py")
    #expect((found["names"] as? [String: String])?.isEmpty == true)
  }
}
