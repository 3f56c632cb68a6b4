import CorosInsightTestSupport
import CorosKernel
import CorosPrograms
import Testing

@testable import CorosCommands
@testable import CorosInsight
@testable import CorosShell

@Suite struct TimelineRecorderTests {
  /// A machine with a recorder, and tasks that do everything tasks can do.
  private static func stir(_ seed: UInt64, limit: Int, ticks: Tick) -> (Shell, TimelineRecorder) {
    var settings = Settings()
    settings.keepsGoing = true
    let session = TestShell(settings)
    let recorder = TimelineRecorder(limit: limit)
    session.shell.scheduler.add(recorder)
    var random = RandomSource(seed: seed)
    let lines = [
      "spawn job 9", "spawn clock 7 3", "spawn family 2", "spawn race", "spawn traffic",
      "spawn sleepers 3", "spawn reaper", "spawn visit", "kill 3", "stop 2", "resume 2",
      "stop 5", "resume 5", "stop 1; resume 1", "policy rr quantum=3", "policy rr",
    ]
    while session.shell.scheduler.now < ticks {
      session.type(lines[random.next(below: lines.count)], "step \(1 + random.next(below: 20))")
      if random.next(below: 9) == 0 { session.type("run 40") }
    }
    return (session.shell, recorder)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `the drawing agrees with the kernel's accounting`(_ seed: UInt64) throws {
    let (shell, recorder) = Self.stir(seed, limit: 1_000_000, ticks: 200)
    let now = shell.scheduler.now
    let rows = recorder.rows(of: recorder.tasks(in: 0..<now, now: now), in: 0..<now, now: now)
    #expect(rows.count > 3)
    for row in rows {
      let task = try #require(shell.scheduler.info(row.tid))
      let accounting = task.accounting
      func ticks(_ state: TimelineState) -> Tick {
        row.spans.filter { $0.state == state }.reduce(0) { $0 + $1.to - $1.from }
      }
      #expect(row.name == task.name)
      #expect(ticks(.running) == accounting.dispatches)
      #expect(ticks(.ready) == accounting.wait(now: now))
      #expect(row.figures.arrival == accounting.arrival)
      #expect(row.figures.response == accounting.response)
      #expect(row.figures.turnaround == accounting.turnaround)
      #expect(row.figures.wait == accounting.wait(now: now))
      // Its spans leave no gap from its arrival to its end.
      #expect(row.spans.first.map(\.from) ?? now == accounting.arrival)
      #expect(row.spans.last.map(\.to) ?? accounting.arrival == accounting.end ?? now)
      for (span, next) in zip(row.spans, row.spans.dropFirst()) {
        #expect(span.from < span.to && span.to == next.from && span.state != next.state)
      }
    }
    for tick in 0..<now {
      let running = rows.filter { picture($0, upTo: tick + 1).last == "#" }
      #expect(running.count <= 1)
    }
  }

  @Test(arguments: [1, 2, 7, 50, 150])
  func `with a limit the end of the timeline is the same`(_ limit: Int) {
    let (shell, whole) = Self.stir(4, limit: 1_000_000, ticks: 300)
    let (_, cut) = Self.stir(4, limit: limit, ticks: 300)
    let now = shell.scheduler.now
    #expect(whole.horizon == 0)
    let range = cut.horizon..<now
    #expect(cut.horizon > 0 && range.count >= 1)
    let tasks = whole.tasks(in: range, now: now)
    #expect(cut.tasks(in: range, now: now) == tasks)
    #expect(cut.rows(of: tasks, in: range, now: now) == whole.rows(of: tasks, in: range, now: now))
  }

  @Test func `a task that arrives later is new until then`() throws {
    let scheduler = Scheduler()
    let recorder = TimelineRecorder()
    scheduler.add(recorder)
    try scheduler.createTask("a", machine: QuizJobMachine(ticksLeft: 2))
    try scheduler.createTask("b", machine: QuizJobMachine(ticksLeft: 2), at: 5)
    try scheduler.createTask("c", machine: QuizJobMachine(ticksLeft: 2), at: 6)
    scheduler.run(ticks: 6)
    try scheduler.createTask("d", machine: QuizJobMachine(ticksLeft: 2), at: 9)
    let rows = recorder.rows(of: [1, 2, 3, 4], in: 0..<6, now: 6)
    #expect(rows.map { picture($0, upTo: 6) } == ["##    ", ".....#", "......", "      "])
    scheduler.runEventLoop()
    let end = scheduler.now
    let later = recorder.rows(of: [2, 3, 4], in: 0..<end, now: end)
    #expect(
      later.map { picture($0, upTo: end) } == [".....##    ", "......-##  ", "      ...##"]
    )
  }

  @Test func `a task that runs on and on costs one change`() {
    let scheduler = Scheduler(policy: RoundRobin(quantum: 1_000))
    let recorder = TimelineRecorder(limit: 10)
    scheduler.add(recorder)
    #expect(throws: Never.self) {
      try scheduler.createTask("a", machine: QuizJobMachine(ticksLeft: 100_000))
    }
    scheduler.run(ticks: 50_000)
    #expect(recorder.horizon == 0)
    let rows = recorder.rows(of: [1], in: 0..<50_000, now: 50_000)
    #expect(rows.first?.spans == [TimelineSpan(state: .running, from: 0, to: 50_000)])
  }
}
