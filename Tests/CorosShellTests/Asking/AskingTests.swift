import CorosKernel
import CorosTestSupport
import Foundation
import Testing

@testable import CorosCommands
@testable import CorosHistory
@testable import CorosInsight
@testable import CorosSession
@testable import CorosShell

/// Questions about the past, against answers computed from what was exported, or found by going there.
@Suite struct AskingTests {
  /// Runs that differ in policies, I/O, kills, stops and locks.
  static let runs = [
    "policy rr quantum=2; workload --random 6 --seed 3; run",
    "policy mlfq quanta=1/2/4 boost=9; workload len=12,io=3,iotime=2 at=2,len=7 at=5,len=9; run",
    "policy stcf; workload len=9 at=2,len=3 at=3,len=1 at=9,len=4; run",
    "policy lottery; spawn family; spawn clock 4; spawn dice; run",
    "spawn philosophers; spawn abba; spawn patience; spawn reaper; run 60; kill 1; stop 2; run 9; resume 2; run 30",
    "machine switch=2; policy priority; workload len=5 at=2,len=3,priority=5 at=4,len=2,priority=9; run",
  ]

  /// A shell after a run, and all events of it as they are exported.
  private func session(
    after run: String
  ) throws -> (shell: TestShell, events: [[String: Any]]) {
    let session = TestShell.keepingGoing()
    _ = session.run(run)
    _ = session.host.takeSeen()
    let folder = try TemporaryFolder()
    let path = folder.path + "/run.jsonl"
    session.type("export --jsonl \(path)")
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let objects = try lines.compactMap {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
    return (session, objects.filter { $0["event"] != nil })
  }

  /// The one object that a command prints as JSON.
  private func ask(_ session: TestShell, _ line: String) throws -> [String: Any] {
    var settings = session.shell.settings
    settings.isJSON = true
    session.shell.console.settings = settings
    defer { session.shell.console.settings.isJSON = false }
    let text = session.type(line)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any],
      "\(line): \(text)"
    )
  }

  private func matches(_ event: [String: Any], kind: String) -> Bool {
    event["kind"] as? String == kind
  }

  @Test(arguments: runs)
  func `events finds what was exported, by kind, task, call and tick`(_ run: String) throws {
    let (session, events) = try session(after: run)
    let last = events.compactMap { $0["tick"] as? Int }.max() ?? 0
    #expect(events.count > 20)
    #expect(try ask(session, "events --count")["count"] as? Int == events.count)
    for kind in Set(events.compactMap { $0["kind"] as? String }) {
      let word = kind.replacing(" ", with: "-")
      let expected = events.filter { matches($0, kind: kind) }
      #expect(try ask(session, "events \(word) --count")["count"] as? Int == expected.count)
      let found = try #require(try ask(session, "events \(word)")["events"] as? [[String: Any]])
      #expect(found.map { $0["tick"] as? Int } == expected.map { $0["tick"] as? Int })
      #expect(found.map { $0["tid"] as? Int } == expected.map { $0["tid"] as? Int })
    }
    for (from, to) in [(0, 1), (1, last / 2), (last / 3, last), (last, last + 9), (3, 4)]
    where from < to {
      let expected = events.filter { (from..<to).contains($0["tick"] as? Int ?? -1) }
      let count = try ask(session, "events \(from)..\(to) --count")["count"]
      #expect(count as? Int == expected.count, "\(from)..\(to)")
    }
    for tid in Set(events.compactMap { $0["tid"] as? Int }) {
      let expected = events.filter { $0["tid"] as? Int == tid }
      #expect(try ask(session, "events \(tid) --count")["count"] as? Int == expected.count)
    }
    let calls = Dictionary(
      grouping: events.filter { matches($0, kind: "trapped") },
      by: { $0["call"] as? String ?? "" }
    )
    let by = try #require(
      try ask(session, "events call --by call")["by"] as? [[String: Any]]
    )
    #expect(
      Dictionary(uniqueKeysWithValues: by.map { ($0["value"] as? String, $0["count"] as? Int) })
        == Dictionary(uniqueKeysWithValues: calls.map { ($0.key, $0.value.count) })
    )
  }

  /// Who lost the CPU to whom, found by stepping through the run.
  private func losses(_ session: TestShell) throws -> [[Int]] {
    let shell = session.shell
    let end = shell.machine.moment
    var losses: [[Int]] = []
    var before: (count: Int, runner: TaskID?)?
    for moment in 0...end {
      try shell.machine.go(to: moment)
      let scheduler = shell.scheduler
      if let before, scheduler.preemptions > before.count, let loser = before.runner,
        let winner = scheduler.lastDispatched
      {
        losses.append([scheduler.now - 1, loser.rawValue, winner.rawValue])
      }
      before = (scheduler.preemptions, scheduler.lastDispatched)
    }
    return losses
  }

  @Test(arguments: runs)
  func `events preempted finds each loss of the CPU, and who got it`(_ run: String) throws {
    let (session, _) = try session(after: run)
    let expected = try losses(session)
    #expect(expected.count == session.shell.scheduler.preemptions)
    let found = try #require(
      try ask(session, "events preempted")["events"] as? [[String: Any]]
    )
    let told = found.map { event in ["tick", "tid", "by"].map { event[$0] as? Int ?? -1 } }
    #expect(told == expected)
    for tid in Set(expected.map { $0[1] }) {
      let count = expected.count { $0[1] == tid }
      #expect(try ask(session, "print preemptions(\(tid))")["value"] as? Int == count)
      #expect(try ask(session, "stats \(tid)")["preemptions"] as? Int == count)
    }
  }

  @Test(
    arguments: runs,
    [
      "count(ready) > 1", "state(1) == running or state(2) == waiting", "tick % 5 == 0",
      "count(live) == 2", "state(1) == exited", "state(2) == ready",
    ]
  )
  func `when tells the ticks at which a condition began and ceased to hold`(
    _ run: String,
    _ condition: String
  ) throws {
    let (session, _) = try session(after: run)
    let words = condition.split(separator: " ")
    #expect(!words.isEmpty)
    let found = try #require(try ask(session, "when \(condition)")["spans"] as? [[Any]])
    var expected: [[Int?]] = []
    var holds = false
    for tick in 0...session.shell.scheduler.now {
      var (answer, now) = (false, -1)
      let hasShown = try session.shell.machine.glance(atTick: tick) {
        now = session.shell.scheduler.now
        answer = session.type("assert \(condition)").isEmpty
      }
      #expect(hasShown && now == tick)
      if answer == holds { continue }
      holds = answer
      if holds {
        expected.append([tick, nil])
      } else {
        expected[expected.count - 1][1] = tick
      }
    }
    #expect(found.map { $0.map { $0 as? Int } } == expected)
  }

  private func glance<Answer>(
    _ session: TestShell,
    at moment: Int,
    _ body: () -> Answer
  ) throws -> (answer: Answer, now: Tick)? {
    var result: (answer: Answer, now: Tick)?
    let machine = session.shell.machine
    let tick = machine.tick(atMoment: moment)
    let hasShown = try machine.glance(atTick: tick, withDue: false) {
      result = (body(), session.shell.scheduler.now)
    }
    #expect(hasShown)
    return result
  }

  @Test(arguments: runs)
  func `a glance shows what going there shows, and leaves all as it is`(_ run: String) throws {
    let (session, _) = try session(after: run)
    let shell = session.shell
    let last = shell.machine.lastMoment
    for there in [last, last / 2, 1] {
      try shell.machine.go(to: there)
      let (picture, journal) = (shell.picture, shell.machine.journal)
      let findings = shell.session.recorders.lints.findings
      for moment in [0, 1, last / 3, there, last - 1, last] {
        let seen = try #require(
          try glance(session, at: moment) {
            (shell.picture, session.type("ps -a; timeline; locks; why"))
          }
        )
        #expect(shell.picture == picture)
        #expect(shell.machine.journal == journal)
        #expect(shell.session.recorders.lints.findings == findings)
        let other = TestShell.keepingGoing()
        _ = other.run(run)
        try other.shell.machine.go(to: moment)
        #expect(other.shell.picture == seen.answer.0)
        _ = other.host.takeSeen()
        #expect(other.type("ps -a; timeline; locks; why") == seen.answer.1)
      }
      #expect(shell.machine.moment == there)
    }
    // The machine goes on as if nobody had looked.
    let untouched = TestShell.keepingGoing()
    _ = untouched.run(run)
    try shell.machine.go(to: last)
    session.type("run 5")
    untouched.type("run 5")
    #expect(shell.picture == untouched.shell.picture)
  }

  @Test(arguments: runs)
  func `the figures of ranges add up to those of the run`(_ run: String) throws {
    let (session, events) = try session(after: run)
    let now = session.shell.scheduler.now
    let cut = now / 2
    func runs(_ range: String) throws -> [Int: [Int]] {
      let tasks = try #require(try ask(session, "stats \(range)")["tasks"] as? [[String: Any]])
      return Dictionary(
        uniqueKeysWithValues: tasks.map { task in
          let figures = ["run", "wait", "blocked", "stopped", "preemptions"]
          return (task["tid"] as? Int ?? -1, figures.map { task[$0] as? Int ?? -1 })
        }
      )
    }
    let (first, second, all) = (try runs("0..\(cut)"), try runs("\(cut).."), try runs("0.."))
    for (tid, figures) in all {
      let sum = zip(
        first[tid] ?? [0, 0, 0, 0, 0],
        second[tid] ?? [0, 0, 0, 0, 0]
      ).map { $0 + $1 }
      #expect(sum == figures, "task \(tid)")
      let dispatches = events.count {
        matches($0, kind: "dispatched") && $0["tid"] as? Int == tid
      }
      #expect(figures[0] == dispatches)
      let info = try #require(session.shell.scheduler.info(TaskID(rawValue: tid)))
      #expect(figures[1] == info.accounting.wait(now: now))
      #expect(figures[3] == info.accounting.stopped(now: now))
    }
  }

  @Test func `output FROM..TO shows what was written then, and by whom`() throws {
    let (session, events) = try session(after: Self.runs[3])
    let expected = events.filter { matches($0, kind: "wrote") }
    let found = try #require(try ask(session, "output 0..")["texts"] as? [[String: Any]])
    #expect(found.map { $0["text"] as? String } == expected.map { $0["text"] as? String })
    #expect(found.map { $0["tid"] as? Int } == expected.map { $0["tid"] as? Int })
  }

  @Test func `history --ticks tells what was done, also after going back`() {
    let session = TestShell()
    session.type("spawn count 9; step 3; kill 1; spawn spin; step; back 2")
    let deeds = session.shell.machine.deeds
    #expect(deeds.map(\.label) == ["spawn count 9"])
    session.type("stop 1")
    #expect(session.shell.machine.deeds.map(\.tick) == [0, 2])
  }

  @Test func `a long search is interrupted`() {
    let session = TestShell()
    session.type("spawn spin; run 5000")
    session.host.patience = 3
    let text = session.type("events 1 dispatched --count")
    #expect(text.contains("interrupted"))
    session.host.patience = 2
    #expect(session.type("when tick % 2 == 0").contains("interrupted"))
    session.host.patience = nil
    #expect(session.type("events 1 dispatched --count") == "5000 events\n")
  }
}
