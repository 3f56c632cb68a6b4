import CorosHistory
import CorosInsight
import CorosKernel
import CorosSession
import Testing

/// Requests that create tasks, and orders to tasks.
@Suite(.timeLimit(.minutes(15))) struct TaskRequestTests {
  private let session = makeSession()

  @Test func `an order reports its result`() throws {
    try session.spawn("spin")
    #expect(try session.stop(1) == .done)
    #expect(try session.stop(1) == .redundant)
    #expect(try session.resume(1) == .done)
    #expect(try session.resume(1) == .redundant)
    #expect(try session.kill(1) == .done)
    let ended = OrderOutcome.absent(.ended(1, .killed))
    #expect(try session.kill(1) == ended)
    #expect(try session.stop(1) == ended)
    #expect(try session.resume(9) == .absent(.unknown(9)))
    #expect(ended.absence?.description == "task 1 has ended already (killed)")
  }

  @Test(arguments: ["", "enough", "it's \"enough\"; $x", "#1", "two\nlines"])
  func `a cancelled task is cancelled again by the journal, for the same reason`(
    _ reason: String
  ) throws {
    try session.spawn("spin")
    _ = session.run(ticks: 3)
    #expect(try session.cancel(1, because: reason) == .done)
    #expect(try session.cancel(1, because: "other") == .redundant)
    #expect(session.scheduler.info(1)?.cancellation?.reason == reason)
    _ = session.run(ticks: 9)
    let status = ExitStatus.cancelled(by: .operator, reason: reason)
    #expect(session.scheduler.info(1)?.state == .exited(status))
    #expect(try session.cancel(1, because: "late") == .absent(.ended(1, status)))
    #expect(try session.cancel(9, because: "never") == .absent(.unknown(9)))
    let other = makeSession()
    try other.load(session.journalText)
    #expect(other.picture == session.picture)
  }

  @Test(arguments: TaskParameter.allCases)
  func `a parameter is set within its range`(_ parameter: TaskParameter) throws {
    try session.spawn("spin")
    for value in [parameter.range.lowerBound, parameter.range.upperBound] {
      #expect(try session.set(parameter, to: value, of: 1) == .done)
      let parameters = try #require(session.scheduler.info(1)).parameters
      switch parameter {
      case .nice: #expect(parameters.nice == value)
      case .tickets: #expect(parameters.tickets == value)
      case .priority: #expect(parameters.priority == value)
      }
    }
    #expect(try session.set(parameter, to: 1, of: 7) == .absent(.unknown(7)))
  }

  @Test func `waiting reports how a task ended, and runs the others meanwhile`() throws {
    try session.spawn("count", "3")
    try session.spawn("crash", "oops")
    let report = try session.wait(for: 1)
    #expect(report.status == .exited(0) && report.stop == nil)
    #expect(try session.wait(for: 2).status == .failed("oops"))
    #expect(try session.wait(for: 9).status == nil)
    #expect(session.scheduler.liveTaskCount == 0)
  }

  @Test func `a wait that can never end is a failure`() throws {
    try session.spawn("circle", "2")
    let error = #expect(throws: RequestFailure.self) { try session.wait(for: 1) }
    guard case .deadlock? = error else {
      Issue.record("it is no deadlock")
      return
    }
    #expect(session.scheduler.brokenInvariants() == [])
  }

  @Test func `a breakpoint ends a wait`() throws {
    try session.spawn("count", "3")
    _ = session.setBreakpoint(.runs(.any), BreakpointNote(kind: .breakpoint, what: "", label: ""))
    let report = try session.wait(for: 1)
    #expect(report.status == nil && report.stop?.hits.count == 1)
  }

  @Test func `wrong arguments create no task`() throws {
    let program = try #require(session.catalogue["count"])
    let error = #expect(throws: RequestFailure.self) { try session.spawn(program, ["many"]) }
    guard case .badArguments(let wrong)? = error else {
      Issue.record("the arguments are not what was refused")
      return
    }
    #expect(wrong.argument == 0)
    #expect(session.lastSpawned == nil && session.machine.journal.isEmpty)
  }

  @Test func `several tasks are created, or none`() throws {
    let spin = try #require(session.catalogue["spin"])
    func recipe(_ arguments: [String]) -> TaskRecipe {
      TaskRecipe(program: spin, arguments: arguments, form: .machine, name: "x", arrival: 0)
    }
    #expect(try session.make([recipe([]), recipe([])]).map(\.tid) == [1, 2])
    #expect(throws: RequestFailure.self) {
      try session.make([recipe([]), recipe(["no", "such", "arguments"])])
    }
    #expect(session.scheduler.liveTaskCount == 2 && session.lastSpawned == 2)
    session.setTaskLimit(3)
    #expect(throws: RequestFailure.noRoom(for: 2, room: 1)) {
      try session.make([recipe([]), recipe([])])
    }
    #expect(session.scheduler.liveTaskCount == 2)
  }

  @Test func `only a ready task can be picked`() throws {
    try session.spawn("spin")
    try session.spawn("spin")
    try session.pick(2)
    #expect(session.step().dispatched == [2])
    _ = try session.kill(2)
    for (tid, message) in [
      (TaskID(rawValue: 2), "task 2 has ended already (killed)"), (7, "there is no live task 7"),
    ] {
      #expect(throws: RequestFailure.refused(message)) { try session.pick(tid) }
    }
  }

  @Test func `a reset counts the tasks that it ends`() throws {
    try session.spawn("spin")
    try session.spawn("count", "1")
    _ = try session.wait(for: 2)
    #expect(session.reset() == 1)
    #expect(session.reset() == 0)
    #expect(session.lastSpawned == nil)
  }
}
