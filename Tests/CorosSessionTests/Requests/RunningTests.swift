import CorosHistory
import CorosKernel
import CorosPrograms
import CorosSession
import Testing

/// The answers of `run` and `step`.
@Suite(.timeLimit(.minutes(15))) struct RunningTests {
  @Test func `a run lists which tasks ran, and says why it stopped`() throws {
    let session = makeSession()
    try session.spawn("count", "2")
    try session.spawn("count", "1")
    let first = session.run(ticks: 3)
    #expect(first.dispatched == [1, 2, 1] && first.dispatches == 3)
    #expect(first.tick == 3 && first.end?.outcome == .limitReached)
    let second = session.run()
    #expect(second.dispatched == [2, 1])
    #expect(second.end?.outcome == .allFinished)
    #expect(second.end?.sentence == "all finished at tick 5")
    #expect(session.run().dispatches == 0)
  }

  @Test func `steps are counted, and end when no task can run`() throws {
    let session = makeSession()
    try session.spawn("count", "2")
    let two = session.step(2)
    #expect(two.dispatched == [1, 1] && two.end == nil && two.tick == 2)
    let rest = session.step(10)
    #expect(rest.dispatches == 1 && rest.end?.outcome == .allFinished)
  }

  @Test func `a deadlock is reported with its tasks`() throws {
    let session = makeSession()
    try session.spawn("circle", "3")
    guard case .deadlock(let deadlock)? = session.run().end?.outcome else {
      Issue.record("no deadlock")
      return
    }
    #expect(deadlock.circles.first?.count == 3)
  }

  @Test func `when the operator must pick, the choices are listed`() throws {
    let session = makeSession()
    session.use(try PolicyChoice.parse(name: "manual", settings: []))
    for _ in 1...60 { try session.spawn("spin") }
    let end = try #require(session.step().end)
    #expect(end.choices?.tids.count == 60 && end.choices?.first.count == 50)
    try session.pick(2)
    #expect(session.step().dispatched == [2])
  }

  @Test func `a run is interrupted by its poll`() throws {
    let session = makeSession()
    try session.spawn("spin")
    var polls = 0
    session.poll = {
      polls += 1
      return polls == 5
    }
    let report = session.run()
    #expect(polls == 5 && report.end?.outcome == .conditionMet)
    // So soon that nobody notices.
    #expect(report.dispatches < 1_000)
    session.poll = { true }
    #expect(session.step(3).end?.outcome == .conditionMet)
    session.poll = { session.machine.moment > report.dispatches + 100 }
    #expect(throws: RequestFailure.self) { try session.perform(WaitTask(1), as: "wait 1") }
    #expect(session.machine.moment < report.dispatches + 1_000)
  }

  @Test func `what is written can be shown before the next step`() throws {
    let session = makeSession()
    let listener = Listener(session)
    session.add(listener)
    try session.spawn("count", "4")
    try session.spawn("spin")
    var shown: [Int] = []
    session.poll = {
      if listener.lines > shown.count { shown.append(session.machine.moment) }
      return false
    }
    #expect(session.run(ticks: 40).dispatches == 40)
    #expect(shown == listener.moments.map { $0 + 1 } && shown.count == 4)
    shown = []
    try session.spawn("count", "3")
    #expect(try session.perform(WaitTask(3), as: "wait 3") == .exited(0))
    #expect(shown == listener.moments.suffix(3).map { $0 + 1 })
  }

  /// Rings for each line that is written, as a front end does.
  private final class Listener: Observer {
    let interests: Event.Kinds = .output
    private(set) var moments: [Int] = []
    private(set) var lines = 0
    private unowned let session: Session

    init(_ session: Session) { self.session = session }

    func observe(_ event: Event) {
      moments.append(session.machine.moment)
      lines += 1
      session.bell.ring()
    }
  }

  @Test func `a long run lists the first tasks that ran, and counts them all`() throws {
    let session = makeSession()
    try session.spawn("spin")
    try session.spawn("spin")
    #expect(session.step(3).dispatches == 3)
    let report = session.run(ticks: 100_010)
    #expect(report.dispatches == 100_010 && report.dispatched.count == 100_000)
    #expect(report.dispatched.prefix(3) == [2, 1, 2])
  }

  @Test func `following a recorded future lists the same tasks as the first run`() throws {
    let once = makeSession()
    try once.spawn("clock", "3")
    let all = once.run().dispatched
    let session = makeSession()
    try session.spawn("clock", "3")
    var pieces: [TaskID] = []
    var end: RunEnd?
    while end?.outcome != .allFinished {
      let report = session.run(ticks: 2)
      pieces += report.dispatched
      end = report.end
    }
    #expect(pieces == all)
    _ = try session.travel { machine throws(Divergence) in try machine.go(to: 0) }
    #expect(session.run().dispatched == all)
  }

  @Test func `the predicted next turn is the actual one`() throws {
    let session = makeSession()
    guard case .noTasks = session.nextTurn.holder else {
      Issue.record("there are tasks")
      return
    }
    for _ in 1...3 { try session.spawn("count", "1") }
    let next = session.nextTurn
    guard case .task(let task, after: nil) = next.holder else {
      Issue.record("nobody is next")
      return
    }
    #expect(session.step().dispatched == [task.tid])
    #expect(next.queue == [2, 3] && next.queueCount == 2)
    _ = session.run()
    guard case .allEnded = session.nextTurn.holder else {
      Issue.record("somebody lives")
      return
    }
  }
}
