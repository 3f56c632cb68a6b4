import CorosKernel
import CorosTestSupport
import Foundation
import Testing

@testable import CorosHistory
@testable import CorosSession
@testable import CorosShell

/// At a tick means with all done that is due at it, whoever looks: against states computed from exported events.
@Suite struct DueTests {
  static let runs =
    AskingTests.runs + [
      "policy fifo; workload len=6,io=1,iotime=1 len=3; run",
      "spawn clock 3; spawn clock 5; run 40",
      "spawn family; spawn clock 3; run 5; stop 2; run 9; resume 2; run 30",
      "policy manual; workload len=2 at=4,len=2; pick 1; pick 1; run 2; pick 2",
    ]

  /// What a task is at each tick, as its events tell: ready (or running), waiting, new, stopped; nil before it is
  /// there, and ended.
  private func states(_ events: [[String: Any]], until end: Tick) -> [Int: [String?]] {
    var changes: [Int: [(tick: Int, state: String)]] = [:]
    var (tick, isRunning) = (-1, false)
    for event in events {
      guard let at = event["tick"] as? Int, let tid = event["tid"] as? Int, tid != 0 else {
        continue
      }
      if at != tick { (tick, isRunning) = (at, false) }
      // What happens in a step takes effect at its end.
      let from = isRunning ? tick + 1 : tick
      let state: String?
      switch event["kind"] as? String {
      case "spawned", "woke", "arrived": state = "ready"
      case "blocked": state = event["on"] as? String == "arrival" ? "new" : "waiting"
      case "stopped": state = "stopped"
      case "continued":
        state = changes[tid]?.last { $0.state != "stopped" }?.state
      case "exited": state = "exited"
      default: state = nil
      }
      if event["kind"] as? String == "dispatched" { isRunning = true }
      guard let state else { continue }
      let isStopped = changes[tid]?.last?.state == "stopped"
      if isStopped, state == "ready", event["kind"] as? String != "continued" {
        // It stays stopped, and is ready beneath.
        let last = changes[tid]?.removeLast()
        changes[tid]?.append((from, "ready"))
        if let last { changes[tid]?.append(last) }
        continue
      }
      changes[tid, default: []].append((from, state))
    }
    return changes.mapValues { changes in
      (0...end).map { tick in changes.last { $0.tick <= tick }?.state }
    }
  }

  /// The same word for what a command says of a task.
  private func plain(_ state: String) -> String {
    switch state {
    case "running", "ready": "ready"
    case "sleeping", "waiting": "waiting"
    default: state
    }
  }

  private func exported(_ session: TestShell) throws -> [[String: Any]] {
    let folder = try TemporaryFolder()
    let path = folder.path + "/run.jsonl"
    session.type("export --jsonl \(path)")
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }.filter { $0["event"] != nil }
  }

  @Test(arguments: runs)
  func `ps --at, when and conditions agree with the events`(_ run: String) throws {
    let session = TestShell.keepingGoing()
    _ = session.run(run)
    _ = session.host.takeSeen()
    let now = session.shell.scheduler.now
    let expected = states(try exported(session), until: now)
    #expect(!expected.isEmpty)
    session.shell.console.settings.isJSON = true
    for tick in 0...now {
      let text = session.type("ps -a --at \(tick)")
      let answer = try #require(
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any],
        "\(text)"
      )
      for row in try #require(answer["tasks"] as? [[String: Any]]) {
        let tid = try #require(row["tid"] as? Int)
        let state = plain(try #require(row["state"] as? String))
        #expect(state == expected[tid]?[tick], "task \(tid) at tick \(tick)")
      }
    }
    for (tid, states) in expected {
      let text = session.type("when state(\(tid)) == waiting or state(\(tid)) == sleeping")
      let answer = try #require(
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      )
      let spans = try #require(answer["spans"] as? [[Any]])
      let ticks = spans.flatMap { span in
        Array((span[0] as? Int ?? 0)..<(span[1] as? Int ?? now + 1))
      }
      #expect(ticks == (0...now).filter { states[$0] == "waiting" }, "task \(tid)")
    }
  }

  @Test(arguments: runs)
  func `why and ps say the same of a task at each tick`(_ run: String) throws {
    let session = TestShell.keepingGoing()
    _ = session.run(run)
    _ = session.host.takeSeen()
    let now = session.shell.scheduler.now
    session.shell.console.settings.isJSON = true
    func answer(_ line: String) throws -> [String: Any] {
      let text = session.type(line)
      return try #require(
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any],
        "\(text)"
      )
    }
    for tick in stride(from: 0, through: now, by: 1 + now / 12) {
      for row in try #require(try answer("ps -a --at \(tick)")["tasks"] as? [[String: Any]]) {
        let tid = try #require(row["tid"] as? Int)
        let why = try answer("why \(tid) --at \(tick)")
        #expect(why["state"] as? String == row["state"] as? String, "task \(tid) at tick \(tick)")
      }
    }
  }

  /// Runs of jobs alone, which can be copied, and in which each tick is a step.
  static let plainRuns = runs.filter { !$0.contains("spawn") && !$0.contains("switch") }

  @Test(arguments: plainRuns)
  func `a breakpoint on a condition stops where the condition begins to hold`(
    _ run: String
  ) throws {
    let session = TestShell.keepingGoing()
    _ = session.run(run)
    _ = session.host.takeSeen()
    for condition in ["state(1) == ready", "count(ready) > 1", "count(waiting) == 1"] {
      session.shell.console.settings.isJSON = true
      // What tasks wrote on the way may come first.
      let text = session.type("when \(condition)").split(separator: "\n").last ?? ""
      let answer = try #require(
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      )
      session.shell.console.settings.isJSON = false
      let begins = try #require(answer["spans"] as? [[Any]]).compactMap { $0[0] as? Int }
      let machine = session.shell.machine
      let end = machine.moment
      try machine.go(to: 0)
      session.type("break when \(condition)")
      var hits: [(tick: Tick, now: Tick)] = []
      while machine.moment < end {
        machine.run(ticks: machine.tick(atMoment: end) - machine.scheduler.now)
        guard let stop = machine.stop else { break }
        hits += stop.hits.map { ($0.tick, stop.tick) }
      }
      machine.breakpoints.removeAll()
      try machine.go(to: end)
      // What holds from the first tick on does not begin to hold, nor what an act of the operator's does.
      let acts = Set(machine.deeds.map(\.tick))
      let found = Set(hits.flatMap { [$0.tick, $0.tick + 1] })
      for begin in begins where !acts.contains(begin) { #expect(found.contains(begin), "\(begin)") }
      for hit in hits {
        #expect(begins.contains(hit.tick) || begins.contains(hit.tick + 1), "\(condition) \(hit)")
      }
    }
  }

  @Test(arguments: runs)
  func `a breakpoint on a state stops each time that a task wakes`(_ run: String) throws {
    let session = TestShell.keepingGoing()
    _ = session.run(run)
    let events = try exported(session).filter {
      $0["kind"] as? String == "woke" && $0["tid"] as? Int == 1
    }
    let machine = session.shell.machine
    let end = machine.moment
    try machine.go(to: 0)
    session.type("break state 1 ready")
    var ticks: Set<Tick> = []
    while machine.moment < end {
      machine.run(ticks: machine.tick(atMoment: end) - machine.scheduler.now)
      guard let stop = machine.stop else { break }
      ticks.formUnion(stop.hits.map(\.tick))
    }
    for event in events { #expect(ticks.contains(event["tick"] as? Int ?? -1)) }
  }

  @Test func `looking at what is due changes nothing`() {
    let session = TestShell()
    session.type("policy priority; workload len=3 at=2,len=3,priority=5; spawn clock 4; run 2")
    _ = session.host.takeSeen()
    let (picture, events) = (session.shell.picture, session.shell.machine.moment)
    #expect(session.type("ps").contains("b      ready"))
    #expect(session.type("print state(2)") == "ready\n")
    session.type("assert state(2) == ready; if state(2) == ready { echo yes }; info 2; tree; locks")
    #expect(session.shell.picture == picture)
    #expect(session.shell.machine.moment == events)
    session.type("back; forward")
    #expect(session.shell.picture == picture)
    #expect(session.shell.brokenInvariants().isEmpty)
  }
}
