import CorosKernel
import CorosTestSupport
import Testing

/// What `fair` and `stride` make of a turn in progress, of changes in the midst of it, and what they show.
@Suite struct ShareRulesTests {
  private func scheduler(_ policy: any SchedulingPolicy, _ jobs: [TextbookJob]) throws -> Scheduler
  {
    let scheduler = Scheduler(policy: policy)
    try scheduler.create(jobs)
    return scheduler
  }

  private func ran(_ scheduler: Scheduler) -> [Int] {
    scheduler.tasks(includingEnded: true).map(\.accounting.dispatches)
  }

  // MARK: A turn in progress

  @Test func `one that comes in the midst of a turn is placed by what has run of it`() throws {
    let jobs = [TextbookJob(40), TextbookJob(at: 9, 40, nice: -1)]
    let scheduler = try scheduler(FairShare(slice: 10), jobs)
    scheduler.run(ticks: 10)
    // The average is 9 when it comes, and its slice is worth 10 * 1024 / 1277 ticks of a nice value of 0.
    #expect(scheduler.sortKey(of: 2) == "virtual deadline 17.0")
    scheduler.run(ticks: 15)
    #expect(ran(scheduler) == [15, 10])
  }

  @Test func `one that comes in the midst of another's quantum has no lead over it`() throws {
    let scheduler = try scheduler(
      Stride(quantum: 10),
      [TextbookJob(100), TextbookJob(at: 9, 100)]
    )
    scheduler.run(ticks: 9)
    #expect(scheduler.step() == .dispatched(1))
    #expect(scheduler.sortKey(of: 1) == "pass 1000")
    #expect(scheduler.sortKey(of: 2) == "pass 900")
  }

  @Test func `what is shown of a turn in progress counts it`() throws {
    let scheduler = try scheduler(FairShare(slice: 4), [TextbookJob(40), TextbookJob(40)])
    scheduler.run(ticks: 2)
    #expect(scheduler.sortKey(of: 1) == "virtual deadline 4.0, ahead of its share until 2.0")
    #expect(scheduler.sortKey(of: 2) == "virtual deadline 4.0")
  }

  // MARK: Changes

  @Test func `a change of the nice value leaves the price of the ticks before it`() throws {
    let scheduler = try scheduler(FairShare(slice: 10), [TextbookJob(60), TextbookJob(60)])
    scheduler.run(ticks: 9)
    try scheduler.perform(SetNice(5, of: 1))
    scheduler.run(ticks: 36)
    #expect(ran(scheduler) == [15, 30])
  }

  @Test func `a change of tickets leaves the price of the ticks before it`() throws {
    let scheduler = try scheduler(Stride(quantum: 10), [TextbookJob(100), TextbookJob(100)])
    scheduler.run(ticks: 9)
    try scheduler.perform(SetTickets(25, of: 1))
    scheduler.run(ticks: 1)
    #expect(scheduler.sortKey(of: 1) == "pass 1300")
    scheduler.run(ticks: 35)
    #expect(ran(scheduler) == [20, 25])
  }

  @Test func `a task that has changed keeps its place among equals`() throws {
    let jobs = (1...3).map { _ in TextbookJob(9) }
    let scheduler = try scheduler(FairShare(), jobs)
    for nice in [3, 0] { try scheduler.perform(SetNice(nice, of: 1)) }
    #expect(scheduler.readyQueue == [1, 2, 3])
  }

  // MARK: Yielding

  @Test func `yields save no ticks for one long turn`() throws {
    let scheduler = Scheduler(policy: FairShare(slice: 4))
    try scheduler.createTask("yields") { os in
      for _ in 1...50 { try await os.yield() }
      try await os.compute(200)
    }
    try scheduler.create([TextbookJob(400)])
    scheduler.run(ticks: 60)
    var longest = 0
    var current = (task: TaskID.operator, ticks: 0)
    for _ in 0..<300 {
      guard case .dispatched(let tid) = scheduler.step() else { break }
      current = (tid, tid == current.task ? current.ticks + 1 : 1)
      longest = max(longest, current.ticks)
    }
    #expect(longest <= 8)
  }

  @Test func `a task that yields for ever harms nobody`() throws {
    let scheduler = Scheduler(policy: FairShare(slice: 1_000_000_000_000))
    try scheduler.createTask("yields") { os in while true { try await os.yield() } }
    scheduler.run(ticks: 20_000)
    try scheduler.create([TextbookJob(at: 20_000, 100)])
    scheduler.run(ticks: 1_000)
    #expect(ran(scheduler)[1] == 100)
  }

  // MARK: Numbers

  @Test func `a virtual time just below zero has its sign`() throws {
    let scheduler = try scheduler(FairShare(slice: 1), (1...8).map { _ in TextbookJob(9) })
    scheduler.run(ticks: 6)
    for task in [7, 1, 2, 3, 4, 5, 6] as [TaskID] { try scheduler.perform(StopTask(task)) }
    try scheduler.perform(ContinueTask(7))
    #expect(scheduler.sortKey(of: 7) == "virtual deadline -0.5")
  }

  @Test func `what is shown is rounded`() throws {
    // A tick at a nice value of 9 is 1024 / 137 = 7.47 of a nice value of 0, four are 29.89.
    let scheduler = try scheduler(FairShare(slice: 1), [TextbookJob(9, nice: 9)])
    scheduler.run(ticks: 3)
    #expect(scheduler.sortKey(of: 1) == "virtual deadline 29.9")
    // A third of 10,000 is 3,333.3, and two thirds are 6,666.7.
    let stride = try self.scheduler(Stride(), [TextbookJob(9, tickets: 3)])
    stride.run(ticks: 1)
    #expect(stride.sortKey(of: 1) == "pass 3333")
    stride.run(ticks: 1)
    #expect(stride.sortKey(of: 1) == "pass 6667")
  }

  @Test func `thirds of a tick are equal when they should be`() throws {
    // Weights of 15 and 45: three ticks of the heavier are worth one of the lighter.
    let scheduler = try scheduler(
      FairShare(slice: 1),
      [TextbookJob(9, nice: 19), TextbookJob(9, nice: 14)]
    )
    var order = ""
    for _ in 0..<8 {
      guard case .dispatched(let tid) = scheduler.step() else { break }
      order += "\(tid)"
    }
    #expect(order == "21222122")
    #expect(scheduler.readyQueue == [1, 2] || scheduler.readyQueue == [2, 1])
  }

  @Test func `however long one has run alone, all goes on as it would have`() throws {
    func order(after ticks: Tick) throws -> [TaskID] {
      let scheduler = try scheduler(FairShare(), [TextbookJob(1_000_000, nice: 19)])
      scheduler.run(ticks: ticks)
      let nices = (0..<3_000).map { $0.isMultiple(of: 2) ? -20 : -18 }
      try scheduler.create(nices.map { TextbookJob(at: ticks, 9, nice: $0) })
      return (0..<9_000).compactMap { _ in
        if case .dispatched(let tid) = scheduler.step() { tid } else { nil }
      }
    }
    // Far enough for the kernel to count virtual times from elsewhere.
    #expect(try order(after: 12_000) == order(after: 4))
  }
}
