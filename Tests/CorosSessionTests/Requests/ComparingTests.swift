import CorosHistory
import CorosInsight
import CorosKernel
import CorosPrograms
import CorosSession
import Testing

/// The same tasks under other conditions.
@Suite(.timeLimit(.minutes(15))) struct ComparingTests {
  @Test func `a trial runs the tasks on a separate machine, to the end or to a limit`() throws {
    let session = makeSession()
    let program = try #require(session.catalogue["job"])
    for (place, word) in ["len=8", "len=2"].enumerated() {
      try session.make(JobDescription(parsing: word).recipe(program, at: place, now: 0))
    }
    let fifo = try session.trial(under: .parse(option: "fifo"), ticks: 1_000)
    #expect(fifo.isFinished && fifo.metrics.now == 10)
    #expect(fifo.metrics.turnaround.average.text == "9.00")
    let shortest = try session.trial(under: .parse(option: "sjf"), ticks: 1_000)
    #expect(shortest.metrics.turnaround.average.text == "6.00")
    let short = try session.trial(under: .standard, ticks: 5)
    #expect(!short.isFinished && short.metrics.now == 5)
    #expect(session.scheduler.now == 0)
  }

  @Test func `a trial uses the present parameters of the tasks`() throws {
    let session = makeSession()
    for _ in 1...2 { try session.spawn("job", "4") }
    _ = try session.set(.priority, to: 9, of: 2)
    let policy = try PolicyChoice.parse(option: "priority")
    let trial = try session.trial(under: policy, ticks: 1_000)
    // The second task runs first. The averages do not show the order; the policy does.
    #expect(trial.isFinished)
    #expect(trial.policy.hasPrefix("priority"))
    #expect(trial.metrics.response.maximum == 4)
  }

  @Test func `the same run twice is the same`() throws {
    let session = makeSession()
    for _ in 1...2 { try session.spawn("count", "3") }
    _ = session.run()
    let comparison = try compare(session, .branch(1), .seed(session.scheduler.seed))
    #expect(comparison.difference == nil)
    #expect(comparison.changes.isEmpty)
  }

  @Test func `the first difference of two runs is found, and the tasks it affects`() throws {
    let session = makeSession()
    for _ in 1...2 { try session.spawn("count", "3") }
    _ = session.run()
    let fifo = try PolicyChoice.parse(option: "fifo")
    let comparison = try compare(session, .branch(1), .policy(fifo))
    let difference = try #require(comparison.difference)
    #expect(difference.step == 1)
    #expect((difference.left?.task, difference.right?.task) == (2, 1))
    #expect(comparison.changes.map(\.tid) == [1])
    #expect(comparison.changes[0].writes == nil)
    #expect(comparison.ends.left == comparison.ends.right)
  }

  @Test func `different output of a task is shown from the first text that differs`() throws {
    let session = makeSession()
    try session.spawn("dice")
    _ = session.run()
    let comparison = try compare(session, .branch(1), .seed(12_345))
    #expect(comparison.difference != nil)
    let writes = try #require(comparison.changes.first?.writes)
    #expect(writes.left != writes.right)
  }

  @Test func `a run may come from a schedule or a journal`() throws {
    let session = makeSession()
    for _ in 1...2 { try session.spawn("count", "2") }
    _ = session.run()
    for source in [RunSource.schedule(session.machine.schedule), .journal(session.journalText)] {
      #expect(try compare(session, .branch(1), source).difference == nil)
    }
    #expect(try session.steppedRun(of: .branch(2)) == nil)
    #expect(throws: JournalError.self) { try session.steppedRun(of: .journal("nonsense")) }
  }

  private func compare(
    _ session: Session,
    _ left: RunSource,
    _ right: RunSource
  ) throws -> RunComparison {
    try session.compare(
      #require(try session.steppedRun(of: left)),
      #require(try session.steppedRun(of: right))
    )
  }

  @Test func `an interrupted comparison has no result`() throws {
    let session = Session(catalogue: .builtIn, start: MachineStart()) { true }
    try session.spawn("count", "2")
    let run = try #require(try session.steppedRun(of: .seed(1)))
    let other = try #require(try session.steppedRun(of: .seed(1)))
    do {
      _ = try session.compare(run, other)
      Issue.record("it was not interrupted")
    } catch {
      guard case .interrupted = error else { throw error }
    }
  }
}
