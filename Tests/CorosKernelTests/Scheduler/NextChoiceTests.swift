import CorosKernel
import CorosTestSupport
import Testing

/// The scheduler's prediction of its next step is correct, at every step, under every policy.
@Suite(.timeLimit(.minutes(15))) struct NextChoiceTests {
  /// The facts about jobs, derived only from the ticks in which each ran.
  private struct Books {
    let jobs: [TextbookJob]
    private var had: [Tick]
    /// The tick from which on each job is ready.
    private var back: [Tick]

    init(_ jobs: [TextbookJob]) {
      self.jobs = jobs
      had = jobs.map { _ in 0 }
      back = jobs.map(\.arrival)
    }

    /// The jobs that could run at a tick.
    func ready(at tick: Tick) -> Set<Int> {
      Set(jobs.indices.filter { had[$0] < jobs[$0].length && back[$0] <= tick })
    }

    /// The jobs that become ready between two ticks.
    func due(after first: Tick, through last: Tick) -> Set<Int> {
      Set(jobs.indices.filter { had[$0] < jobs[$0].length && first < back[$0] && back[$0] <= last })
    }

    /// Why a job that ran in the previous tick cannot continue; nil if it could.
    func isOver(_ job: Int, at tick: Tick) -> TurnEnd? {
      had[job] == jobs[job].length ? .ended : back[job] > tick || isBack(job, tick) ? .blocked : nil
    }

    /// Whether it waited, and is ready again by now.
    private func isBack(_ job: Int, _ tick: Tick) -> Bool {
      jobs[job].waits(after: had[job]) && had[job] > 0
    }

    mutating func run(_ job: Int, at tick: Tick) {
      had[job] += 1
      if jobs[job].waits(after: had[job]) { back[job] = tick + 1 + jobs[job].ioTime }
    }
  }

  @Test(arguments: PolicyCase.all, 1...40 as ClosedRange<UInt64>)
  func `it agrees with the next step`(_ policy: PolicyCase, _ seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let jobs = random.jobs()
    let scheduler = Scheduler(policy: policy.make(), seed: seed)
    try scheduler.create(jobs)
    var books = Books(jobs)
    var last: (job: Int, tick: Tick)?
    while true {
      let choice = scheduler.nextChoice
      let before = (scheduler.now, scheduler.preemptions)
      #expect(choice == scheduler.nextChoice, "to ask changes nothing")
      guard case .dispatched(let tid) = scheduler.step() else {
        #expect(choice.task == nil)
        break
      }
      let (job, tick) = (tid.rawValue - 1, scheduler.now - 1)
      #expect(choice.task == tid)
      #expect(choice.tick == tick)
      #expect(choice.candidates.first?.task == tid)
      #expect(Set(choice.candidates.map { $0.task.rawValue - 1 }) == books.ready(at: tick))
      #expect(choice.candidates.count == books.ready(at: tick).count, "each is listed once")
      let due = books.due(after: before.0 == 0 && last == nil ? -1 : before.0 - 1, through: tick)
      #expect(Set(choice.woken.map { $0.rawValue - 1 }).isSubset(of: due))
      if let last {
        try check(
          choice.loss,
          of: last.job,
          books.isOver(last.job, at: tick),
          then: job,
          before.1,
          scheduler
        )
      } else {
        #expect(choice.loss == nil)
      }
      books.run(job, at: tick)
      last = (job, tick)
    }
  }

  /// Compares the loss with the facts, and with the scheduler's counts.
  private func check(
    _ loss: NextChoice.Loss?,
    of last: Int,
    _ known: TurnEnd?,
    then job: Int,
    _ preemptions: Int,
    _ scheduler: Scheduler
  ) throws {
    if let known {
      let loss = try #require(loss)
      #expect(loss.task.rawValue - 1 == last)
      #expect(loss.end == known)
    } else if job != last {
      let loss = try #require(loss, "another runs, so the one before has lost the CPU")
      #expect(loss.end == .preempted || loss.end == .expired)
      #expect(scheduler.preemptions == preemptions + 1)
    }
  }

  // MARK: Single rules

  private func scheduler(
    _ policy: any SchedulingPolicy,
    _ jobs: [TextbookJob],
    steps: Int
  ) throws -> Scheduler {
    let scheduler = Scheduler(policy: policy)
    try scheduler.create(jobs)
    for _ in 0..<steps { scheduler.step() }
    return scheduler
  }

  @Test func `a shorter job that arrives now takes the CPU`() throws {
    let jobs = [TextbookJob(6), TextbookJob(at: 3, 2)]
    let choice = try scheduler(ShortestTimeToCompletionFirst(), jobs, steps: 3).nextChoice
    #expect(choice.task == 2)
    #expect(choice.preempted == 1)
    #expect(choice.woken == [2])
    #expect(choice.others.map(\.task) == [1])
    #expect(choice.loss?.sortKey == "3 left of 6")
  }

  @Test func `a jump of the clock before the step is reported`() throws {
    let choice = try scheduler(RoundRobin(), [TextbookJob(1), TextbookJob(at: 9, 2)], steps: 1)
      .nextChoice
    #expect(choice.tick == 9)
    #expect(choice.task == 2)
    #expect(choice.loss?.end == .ended)
  }

  @Test func `a task that keeps the CPU has the rest of its slice`() throws {
    let jobs = [TextbookJob(9), TextbookJob(9)]
    let choice = try scheduler(RoundRobin(quantum: 3), jobs, steps: 1).nextChoice
    #expect(choice.task == 1)
    #expect(choice.ticksLeft == 2)
    #expect(choice.loss == nil)
    #expect(choice.others.map(\.task) == [2])
  }

  @Test func `an expired slice is not a preemption by the policy`() throws {
    let jobs = [TextbookJob(9), TextbookJob(9)]
    let choice = try scheduler(RoundRobin(quantum: 3), jobs, steps: 3).nextChoice
    #expect(choice.task == 2)
    #expect(choice.loss?.end == .expired)
    #expect(choice.preempted == nil)
  }

  @Test func `a boost that is due counts`() throws {
    let policy = MultilevelFeedback(.init(quanta: [1, 2, 4], boost: 6))
    let choice = try scheduler(policy, [TextbookJob(20), TextbookJob(20)], steps: 6).nextChoice
    #expect(choice.candidates.allSatisfy { $0.sortKey?.contains("queue 1 of 3") == true })
  }

  @Test func `a pick is the next choice`() throws {
    let scheduler = try scheduler(FirstInFirstOut(), [TextbookJob(9), TextbookJob(9)], steps: 2)
    try scheduler.pick(2)
    let choice = scheduler.nextChoice
    #expect(choice.task == 2)
    #expect(choice.isPicked)
  }

  @Test func `under the operator's choice there is none until a pick`() throws {
    let scheduler = try scheduler(OperatorsChoice(), [TextbookJob(2), TextbookJob(2)], steps: 0)
    #expect(scheduler.nextChoice.task == nil)
    #expect(scheduler.nextChoice.candidates.map(\.task) == [1, 2])
  }

  @Test func `a task that gives up the CPU is reported`() throws {
    let scheduler = Scheduler(policy: RoundRobin(quantum: 5))
    try scheduler.createTask("yields") { os in
      try await os.yield()
      try await os.yield()
    }
    try scheduler.createTask("other") { os in try await os.yield() }
    scheduler.step()
    #expect(scheduler.nextChoice.loss?.task == 1)
    #expect(scheduler.nextChoice.loss?.end == .yielded)
  }
}
