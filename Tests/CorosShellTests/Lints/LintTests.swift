import CorosKernel
import CorosSync
import Testing

@testable import CorosCommands
@testable import CorosHistory
@testable import CorosInsight
@testable import CorosSession
@testable import CorosShell

/// What lints find, what they do not find, and that each finding is reported once.
@Suite struct LintTests {
  private let session = TestShell()

  private var found: [LintFinding] { session.shell.session.recorders.lints.findings }

  private func spawn(_ name: String, _ body: @escaping TaskBody) throws {
    try session.shell.machine.act(name) { try $0.createTask(name, body) }
  }

  private struct Mishap: Error {}

  // MARK: Spinning

  @Test func `a task that only yields is found, and reported once`() {
    session.type("spawn spin")
    #expect(session.type("run 1000") == "the clock stands at 1000, as asked\n")
    session.type("run 200")
    #expect(session.host.errors.contains(": task 1 (spin) only yields"))
    #expect(found.map(\.lint) == [.spinning] && found.map(\.task) == [1])
    _ = session.host.takeErrors()
    session.type("run 50000")
    #expect(session.host.errors.isEmpty && found.count == 1)
  }

  @Test(arguments: ["job 5000", "count 5000", "dice 5000", "clock 1 2000"])
  func `a task that does something is not found`(_ program: String) {
    session.type("policy fifo; spawn \(program); run")
    #expect(found.isEmpty && !session.host.errors.contains("note"))
  }

  @Test func `two tasks that take turns are not alone`() {
    session.type("spawn spin; spawn spin; run 5000")
    #expect(found.isEmpty)
    session.type("kill 1; run 2000")
    #expect(found.map(\.task) == [2])
  }

  @Test func `a task that looks at the clock now and then is not found`() throws {
    try spawn("patient") { os in
      for _ in 0..<200 {
        for _ in 0..<100 { try await os.yield() }
        _ = try await os.getTime()
      }
    }
    session.type("run")
    #expect(found.isEmpty)
  }

  // MARK: Starving

  @Test func `a task that waits for half of the run is found, however short that is`() {
    session.type("policy priority; workload len=900,priority=5 len=3,priority=1; run")
    let text = session.type("lints")
    let wait = "task 2 (b) was ready for 900 ticks on end, from tick 0 to 900, and did not run"
    #expect(text.contains("tick 900: \(wait)\n") && text.contains("longest wait: \(wait)\n"))
    #expect(session.host.errors.isEmpty)
    session.type("goto 80")
    #expect(session.type("lints").contains("tick 80: task 2 (b) was ready for 80 ticks"))
  }

  @Test func `short waits, and those that were broken, starve nobody`() {
    session.type("policy rr quantum=30; workload len=90 len=90; run")
    let text = session.type("lints")
    #expect(text.contains("no likely mistakes"))
    #expect(
      text.contains(
        "longest wait: task 2 (b) was ready for 30 ticks on end, from tick 0 to 30, and did not run"
      )
    )
    session.type("reset; workload len=90; run")
    #expect(!session.type("lints").contains("longest"))
  }

  @Test func `a task that never gets the CPU is found`() {
    session.type("policy priority; spawn -m job 30000; priority 1 5; spawn hello; run")
    #expect(found.map(\.lint) == [.starving] && found.map(\.task) == [2])
    #expect(session.host.errors.contains(": task 2 (hello) has been ready for long"))
  }

  @Test func `many tasks that wait their turn do not starve`() {
    var settings = Settings()
    settings.start.taskLimit = 20_000
    let session = TestShell(settings)
    session.type("workload " + Array(repeating: "len=2", count: 15_000).joined(separator: " "))
    session.type("run")
    #expect(session.shell.session.recorders.lints.findings.isEmpty)
    #expect(session.shell.scheduler.endedTaskCount == 15_000)
  }

  @Test func `a task that has not arrived, or is stopped, does not starve`() {
    session.type("workload len=40000 at=30000,len=1; spawn count; stop 3; policy fifo; run")
    #expect(found.isEmpty)
  }

  // MARK: Circles

  @Test func `a circle is found while other tasks run`() {
    session.type("spawn circle 3; spawn count 20; run 12")
    #expect(found.map(\.lint) == [.circle] && Set([found[0].task] + found[0].others).count == 3)
    #expect(session.host.errors.contains("note: tick"))
  }

  @Test func `a deadlock is reported as a deadlock only`() {
    session.type("spawn circle 3; run")
    #expect(session.host.errors.contains("deadlock") && !session.host.errors.contains("note"))
    #expect(found.map(\.lint) == [.circle])
    session.type("kill 2; run")
    #expect(found.isEmpty && !session.host.errors.contains("note"), "one that was broken in time")
  }

  @Test func `a circle with a timeout is not reported`() throws {
    for target in [TaskID(2), 1] {
      try spawn("link") { os in _ = try? await os.waitTask(target, timeout: 30) }
    }
    session.type("spawn count 50; run")
    #expect(found.isEmpty)
  }

  // MARK: Unseen failures

  /// A parent whose child fails, with the parent's acts before and after the failure.
  private func parent(
    _ rest: @escaping @Sendable (SystemInterface, TaskID) async throws -> Void
  ) throws {
    try spawn("parent") { os in
      let child = try await os.newTask("child") { _ in throw Mishap() }
      try await rest(os, child)
    }
    session.type("spawn count 40; run")
  }

  @Test func `a failure is found when the parent ends without asking`() throws {
    try parent { os, _ in for _ in 0..<5 { try await os.yield() } }
    #expect(found.map(\.lint) == [.unseen] && found.map(\.task) == [3])
    #expect(session.host.errors.contains(": task 3 (child) failed, and task 1 (parent), which"))
  }

  @Test func `a failure is not found if the parent asks at once, or later`() throws {
    try parent { os, child in try await os.waitTask(child) }
    #expect(found.isEmpty)
    try parent { os, child in
      for _ in 0..<5 { try await os.yield() }
      try await os.waitTask(child)
    }
    #expect(found.isEmpty)
  }

  @Test func `a failure of a task of the operator is not found`() {
    session.type("spawn crash; run; spawn family 2; run")
    #expect(found.isEmpty)
  }

  @Test func `a failure in a group is not found, nor one that a monitor or a link sees`() throws {
    try spawn("group") { os in
      _ = try? await os.withGroup { group in
        try await group.spawn("child") { os in throw Mishap() }
        try await group.spawn("servant", asServant: true) { os in throw Mishap() }
      }
    }
    try spawn("watcher") { os in
      let child = try await os.newTask("child") { os in
        try await os.sleep(3)
        throw Mishap()
      }
      _ = try await os.monitor(child)
      try await os.sleep(9)
    }
    try spawn("trapper") { os in
      try await os.trapExits()
      let child = try await os.newTask("child") { os in
        try await os.sleep(3)
        throw Mishap()
      }
      try await os.link(with: child)
      try await os.sleep(9)
    }
    session.type("run")
    #expect(found.isEmpty)
    try spawn("watched by nobody any more") { os in
      let child = try await os.newTask("child") { os in
        try await os.sleep(5)
        throw Mishap()
      }
      try await os.demonitor(try await os.monitor(child))
      try await os.sleep(9)
    }
    session.type("run")
    #expect(found.map(\.lint) == [.unseen])
  }

  // MARK: Time, and silence

  @Test func `findings go back in time, and return`() {
    session.type("spawn spin; run 3000")
    let all = found
    session.type("goto 500")
    #expect(found.isEmpty)
    _ = session.host.takeErrors()
    session.type("run 1500", "forward 300")
    #expect(found == all)
    #expect(!session.host.errors.contains("note"), "it has been said")
    session.type("goto 2000")
    #expect(found == all)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `findings are the same each time, and a journal restores them`(_ seed: UInt64) throws {
    let bench = try ExportBench()
    bench.live(seed: seed)
    bench.session.type("spawn circle 4; spawn spin; run 4000")
    let path = try bench.export("jsonl")
    let other = TestShell()
    let answer = other.type("load \(path)")
    #expect(answer.contains("loaded: "), "\(answer)")
    #expect(
      other.shell.session.recorders.lints.findings
        == bench.session.shell.session.recorders.lints.findings
    )
    #expect(!other.host.errors.contains("note"))
  }

  @Test func `a lint that is off finds, but does not report`() {
    session.type("lints off spinning; spawn spin; run 3000")
    #expect(found.count == 1 && !session.host.errors.contains("note"))
  }

  @Test func `of many findings of a kind the first few are reported`() {
    for _ in 0..<6 { session.type("spawn circle 2; spawn count 20; run 40") }
    #expect(found.count == 6)
    #expect(session.host.errors.split(separator: "\n").count { $0.hasPrefix("note: ") } == 3)
  }

  @Test func `a hundred findings of each kind are kept`() {
    session.type("limit tasks 1000; lints off")
    for _ in 0..<120 { session.type("spawn circle 2; spawn count 20; run 40") }
    #expect(found.count == 100)
  }
}
