import CorosKernel
import CorosTestSupport
import Testing

/// What must hold under each policy, for random job lists.
@Suite struct PropertyTests {
  private static let rounds = 60

  /// What each job was doing, tick by tick, reckoned from nothing but who ran.
  private struct History {
    let jobs: [TextbookJob]
    let ticks: [Int?]
    /// How long each job had run before each tick.
    let ran: [[Tick]]
    /// Who could have had the CPU in each tick, or had it.
    let ready: [[Int]]

    init(_ jobs: [TextbookJob], _ ticks: [Int?]) {
      self.jobs = jobs
      self.ticks = ticks
      var had = jobs.map { _ in 0 }
      var back = jobs.map(\.arrival)
      var ran: [[Tick]] = []
      var ready: [[Int]] = []
      for (time, runner) in ticks.enumerated() {
        ran.append(had)
        ready.append(jobs.indices.filter { had[$0] < jobs[$0].length && back[$0] <= time })
        guard let runner else { continue }
        had[runner] += 1
        if jobs[runner].waits(after: had[runner]) { back[runner] = time + 1 + jobs[runner].ioTime }
      }
      self.ran = ran
      self.ready = ready
    }

    /// What is left of a job before a tick.
    func left(_ job: Int, at time: Tick) -> Tick { jobs[job].length - ran[time][job] }
  }

  private func forEachRun(
    _ policy: PolicyCase,
    waiting: Bool = true,
    _ check: (History, Scheduler) throws -> Void
  ) throws {
    var random = RandomSource(seed: 41)
    for round in 0..<Self.rounds {
      let jobs = random.jobs(waiting: waiting)
      let (run, scheduler) = try Scheduler.run(jobs, policy.make(), seed: UInt64(round))
      try check(History(jobs, run.ticks), scheduler)
    }
  }

  @Test(arguments: PolicyCase.all)
  func `each job gets what it needs, and each tick is somebody's`(policy: PolicyCase) throws {
    try forEachRun(policy) { history, scheduler in
      #expect(scheduler.runEventLoop() == .allFinished)
      let needed = history.jobs.map(\.length).reduce(0, +)
      #expect(scheduler.now == needed + scheduler.idleTicks)
      for (job, task) in zip(history.jobs, scheduler.tasks(includingEnded: true)) {
        let accounting = task.accounting
        let waits = job.ioEvery > 0 ? (job.length - 1) / job.ioEvery : 0
        #expect(accounting.dispatches == job.length)
        #expect(accounting.blocked(now: scheduler.now) == waits * job.ioTime)
        #expect(accounting.absent(now: scheduler.now) == job.arrival)
        #expect(accounting.stopped(now: scheduler.now) == 0)
        let rest = job.length + waits * job.ioTime + accounting.wait(now: scheduler.now)
        #expect(accounting.turnaround == rest)
      }
    }
  }

  @Test(arguments: PolicyCase.all)
  func `the CPU idles only when nobody is ready`(policy: PolicyCase) throws {
    try forEachRun(policy) { history, _ in
      for (time, runner) in history.ticks.enumerated() {
        if let runner {
          #expect(history.ready[time].contains(runner))
        } else {
          #expect(history.ready[time] == [])
        }
      }
    }
  }

  @Test(arguments: [
    PolicyCase { FirstInFirstOut() },
    PolicyCase { ShortestJobFirst() },
    PolicyCase { HighestPriorityFirst(isPreemptive: false) },
    PolicyCase { HighestPriorityFirst(isPreemptive: false, aging: 3) },
  ])
  func `without preemption a job keeps the CPU until it waits or ends`(policy: PolicyCase) throws {
    try forEachRun(policy) { history, scheduler in
      for time in history.ticks.indices.dropLast() {
        guard let runner = history.ticks[time] else { continue }
        let ran = history.ran[time][runner] + 1
        if ran == history.jobs[runner].length || history.jobs[runner].waits(after: ran) { continue }
        #expect(history.ticks[time + 1] == runner)
      }
      #expect(scheduler.preemptions == 0)
    }
  }

  @Test func `the one with the least left has the CPU in every tick`() throws {
    try forEachRun(PolicyCase { ShortestTimeToCompletionFirst() }) { history, _ in
      for (time, runner) in history.ticks.enumerated() {
        guard let runner else { continue }
        let least = history.ready[time].map { history.left($0, at: time) }.min()
        #expect(history.left(runner, at: time) == least)
      }
    }
  }

  @Test func `the highest priority has the CPU in every tick`() throws {
    try forEachRun(PolicyCase { HighestPriorityFirst() }) { history, _ in
      func priority(_ job: Int) -> Int { history.jobs[job].parameters.priority }
      for (time, runner) in history.ticks.enumerated() {
        guard let runner else { continue }
        #expect(priority(runner) == history.ready[time].map(priority).max())
      }
    }
  }

  @Test(arguments: PolicyCase.all)
  func `the same seed gives the same run`(policy: PolicyCase) throws {
    var random = RandomSource(seed: 43)
    for seed in 0..<20 as Range<UInt64> {
      let jobs = random.jobs()
      let runs = try (1...2).map { _ in try Scheduler.run(jobs, policy.make(), seed: seed).run }
      #expect(runs[0] == runs[1])
    }
  }

  @Test func `another seed gives another lottery, and tasks draw the same numbers`() throws {
    let jobs = (1...5).map { _ in TextbookJob(10) }
    let runs = try (1...2).map { try Scheduler.run(jobs, Lottery(), seed: UInt64($0)).run }
    #expect(runs[0] != runs[1])
    let draws = try PolicyCase.all.map { policy in
      let scheduler = Scheduler(policy: policy.make(), seed: 5)
      var drawn: [Int] = []
      try scheduler.create(jobs)
      try scheduler.createTask { os in
        for _ in 1...5 { drawn.append(try await os.random(below: 1_000)) }
      }
      scheduler.runEventLoop()
      return drawn
    }
    #expect(draws.allSatisfy { $0 == draws[0] })
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `policies come and go, and nobody is lost`(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let scheduler = Scheduler(seed: seed)
    let jobs = random.jobs(5...8)
    try scheduler.create(jobs)
    while case .dispatched = scheduler.step() {
      guard isWhole(scheduler) else { return }
      guard random.next(below: 3) == 0 else { continue }
      let before = (scheduler.sliceHolder.map { [$0.tid] } ?? []) + scheduler.readyQueue
      scheduler.use(PolicyCase.all[random.next(below: PolicyCase.all.count)].make())
      #expect(Set(scheduler.readyQueue) == Set(before))
      #expect(scheduler.sliceHolder == nil)
    }
    #expect(scheduler.liveTaskCount == 0)
    for (job, task) in zip(jobs, scheduler.tasks(includingEnded: true)) {
      #expect(task.state == .exited(.exited(0)))
      #expect(task.accounting.dispatches == job.length)
    }
  }

  @Test func `who keeps the CPU is the first under the next policy of queues`() throws {
    let scheduler = Scheduler(policy: RoundRobin(quantum: 5))
    try scheduler.create([TextbookJob(20), TextbookJob(20), TextbookJob(20)])
    scheduler.run(ticks: 7)
    #expect(scheduler.sliceHolder?.tid == 2)
    scheduler.use(FirstInFirstOut())
    #expect(scheduler.readyQueue == [2, 3, 1])
  }
}
