import CorosKernel
import Testing

@testable import CorosCommands
@testable import CorosHistory
@testable import CorosInsight
@testable import CorosShell

/// The answers of `why`, compared with independent sources.
@Suite struct WhyTests {
  private func why(_ tid: TaskID, in session: TestShell) throws -> Explanation {
    let task = try #require(session.shell.scheduler.info(tid))
    return try Explanation(
      of: task,
      on: session.shell.machine,
      tellsChoice: false,
      isInterrupted: { false }
    )
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `the facts agree with the accounting, whatever has happened`(_ seed: UInt64) throws {
    let bench = try ExportBench()
    bench.live(seed: seed)
    let scheduler = bench.session.shell.scheduler
    let log = EventLog(.all, limit: .max)
    try bench.session.shell.machine.replay(for: log)
    let wasStopped = Set(
      log.events.filter { $0.action.kind == .stops }.map(\.task)
    )
    for task in scheduler.tasks(includingEnded: true) {
      let explanation = try why(task.tid, in: bench.session)
      switch task.state {
      case .ready:
        let since = try #require(explanation.since)
        let others = explanation.instead.reduce(0) { $0 + $1.ticks }
        if !wasStopped.contains(task.tid) {
          #expect(scheduler.now - since == others, "task \(task.tid)")
        }
        let last = log.events.last { $0.task == task.tid && $0.action == .dispatched }
        if let last { #expect(since > last.tick) }
      case .waiting, .sleeping: #expect(explanation.since == task.waitingSince)
      case .exited(.killed):
        let kill = log.events.first { event in
          if case .killed = event.action { event.task == task.tid } else { false }
        }
        #expect(kill?.action == explanation.deed.map { .killed(by: $0.by) })
        #expect(kill?.tick == explanation.deed?.tick)
      default: break
      }
      let call = log.events.last { event in
        if case .trapped = event.action { event.task == task.tid } else { false }
      }
      #expect(call?.action == explanation.lastCall.map { .trapped($0.summary) })
      #expect(call?.tick == explanation.lastCall?.tick, "task \(task.tid)")
    }
    // Asking changes nothing.
    #expect(bench.session.shell.brokenInvariants() == [])
  }

  @Test func `an error is reported with the call before it`() throws {
    let session = TestShell()
    try session.shell.machine.act("victim") { scheduler in
      try scheduler.createTask("victim") { os in
        try await os.yield()
        _ = try await os.getTid()
        throw Mishap()
      }
    }
    session.type("spawn count 2; run")
    let text = session.type("why 1")
    #expect(text.contains("task 1 failed at tick 5, with an error that it did not catch: a mishap"))
    #expect(text.contains("its last call, in tick 2: GetTid, answered 1"))
  }

  private struct Mishap: Error, CustomStringConvertible {
    var description: String { "a mishap" }
  }

  @Test func `on a channel it says which task gives signals, and which goes first`() throws {
    let session = TestShell()
    for name in ["first", "second", "third"] {
      try session.shell.machine.act(name) { scheduler in
        try scheduler.createTask(name) { os in try await os.call(Receive()) }
      }
    }
    try session.shell.machine.act("sender") { scheduler in
      try scheduler.createTask("sender") { os in
        try await os.call(Send())
        try await os.sleep(5)
        throw Mishap()
      }
    }
    session.type("step 3")
    #expect(session.type("why 3").contains("no signal has woken a task so far"))
    session.type("step")
    let text = session.type("why 3")
    #expect(text.contains("task 3 waits for a signal on box, since tick 3, by its call Receive"))
    #expect(text.contains("a signal goes first to task 2"))
    #expect(text.contains("the last to give one was task 4 (sender), in tick 3"))
    #expect(!text.contains("nothing will change"))
    session.type("run")
    #expect(session.type("why 3").contains("nothing will change: no task is ready"))
  }

  private struct Receive: SystemCall {
    typealias Reply = Void
    func handle(in kernel: KernelContext) -> Disposition<Void> { .block(on: .channel("box")) }
  }

  private struct Send: SystemCall {
    typealias Reply = Void
    func handle(in kernel: KernelContext) -> Disposition<Void> {
      kernel.wake("box")
      return .reply(())
    }
  }

  @Test func `a very long chain is described in a few words`() throws {
    let session = TestShell()
    session.type("spawn circle 100; run")
    let text = session.type("why 1")
    #expect(text.contains("and so on, through 94 more tasks, to the last: task 100 waits"))
    #expect(text.utf8.count < 1_000)
  }

  @Test func `without a task it explains the one that ran last`() throws {
    let session = TestShell()
    session.type("spawn -m job 3; spawn -m job 3; step")
    let text = session.type("why")
    #expect(text.contains("task 1 had the CPU in tick 0: it computes for a tick"))
    #expect(
      text.contains("it was chosen: under `rr quantum=1`") && text.contains("ready beside it: 2")
    )
  }

  @Test func `the replay can be interrupted`() {
    let session = TestShell()
    session.type("spawn count 5000; run 4000")
    session.host.patience = 3
    for line in ["why 1", "export --jsonl -"] {
      session.host.patience = 3
      #expect(session.shell.execute(line) == CommandFailure.interruptedStatus)
    }
  }
}
