import CorosKernel
import CorosTestSupport
import Testing

/// Context switches that cost time, and a device that all I/O shares.
@Suite struct HardwareTests {
  private func scheduler(
    _ hardware: Hardware,
    _ policy: any SchedulingPolicy = RoundRobin()
  ) -> Scheduler {
    let scheduler = Scheduler(policy: policy)
    scheduler.hardware = hardware
    return scheduler
  }

  private func turnarounds(_ scheduler: Scheduler) -> [Tick?] {
    scheduler.tasks(includingEnded: true).map(\.accounting.turnaround)
  }

  // MARK: Switches

  @Test func `a switch is paid before the other task runs`() throws {
    let scheduler = scheduler(Hardware(switchTicks: 2), FirstInFirstOut())
    try scheduler.create([TextbookJob(3), TextbookJob(2), TextbookJob(1)])
    #expect(run(scheduler) == .allFinished)
    // AAA..BB..C
    #expect(turnarounds(scheduler) == [3, 7, 10])
    #expect(scheduler.switches == 2)
    #expect(scheduler.switchingTicks == 4)
    #expect(scheduler.idleTicks == 0)
    #expect(scheduler.busyTicks == 6)
  }

  @Test func `its ticks are neither run nor wait, and part of the turnaround`() throws {
    let scheduler = scheduler(Hardware(switchTicks: 3), FirstInFirstOut())
    try scheduler.create([TextbookJob(2), TextbookJob(2), TextbookJob(2)])
    scheduler.runEventLoop()
    let accounts = scheduler.tasks(includingEnded: true).map(\.accounting)
    #expect(accounts.map { $0.wait(now: 12) } == [0, 2, 7])
    #expect(accounts.map { $0.switching(now: 12) } == [0, 3, 3])
    #expect(accounts.map { $0.blocked(now: 12) } == [0, 0, 0])
    #expect(accounts.map(\.turnaround) == [2, 7, 12])
  }

  @Test func `the first task costs nothing, and one that is back without another between`() throws {
    let scheduler = scheduler(Hardware(switchTicks: 5))
    try scheduler.createTask { os in
      try await os.compute(2)
      try await os.sleep(4)
      try await os.compute(1)
    }
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.switchingTicks == 0)
    #expect(scheduler.now == 2 + 1 + 4 + 2)
  }

  @Test func `a quantum counts ticks of CPU alone`() throws {
    let scheduler = scheduler(Hardware(switchTicks: 1), RoundRobin(quantum: 2))
    try scheduler.create([TextbookJob(4), TextbookJob(3)])
    scheduler.runEventLoop()
    // AA.BB.AA.B
    #expect(turnarounds(scheduler) == [8, 10])
  }

  @Test func `one that is put first meanwhile begins another switch`() throws {
    let scheduler = scheduler(Hardware(switchTicks: 4), ShortestTimeToCompletionFirst())
    let log = EventLog([.clock])
    scheduler.add(log)
    try scheduler.create([TextbookJob(2), TextbookJob(9), TextbookJob(at: 4, 3)])
    scheduler.runEventLoop()
    // AA..(C comes)....CCC....BBBBBBBBB
    #expect(log.events.map(\.tick) == [2, 4, 11])
    #expect(log.events.map(\.action) == [6, 8, 15].map { .switching(until: $0) })
    #expect(turnarounds(scheduler) == [2, 24, 7])
    #expect(scheduler.switchingTicks == 10)
    let accounts = scheduler.tasks(includingEnded: true).map(\.accounting)
    #expect(accounts.map { $0.switching(now: 24) } == [0, 6, 4])
  }

  @Test func `why the CPU goes on is known while it is switched, and after that`() throws {
    let jobs = [TextbookJob(10), TextbookJob(at: 3, 4), TextbookJob(at: 5, 1)]
    let scheduler = scheduler(Hardware(switchTicks: 3), ShortestTimeToCompletionFirst())
    try scheduler.create(jobs)
    // AAA.., and C comes in the middle of the switch to B, which has not run: A is still the loser.
    scheduler.run(ticks: 3)
    #expect(scheduler.nextChoice.task == 3 && scheduler.nextChoice.tick == 8)
    #expect(scheduler.nextChoice.loss?.task == 1)
    #expect(scheduler.nextChoice.loss?.end == .preempted)
    scheduler.run(ticks: 1)
    for _ in 4...7 {
      #expect(scheduler.nextChoice.loss?.task == 1)
      #expect(scheduler.nextChoice.loss?.end == .preempted)
      #expect(scheduler.preemptions == 0)
      scheduler.run(ticks: 1)
    }
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.preemptions == 1)
    #expect(scheduler.switches == 3)
  }

  @Test func `a task that yields is not preempted, whoever comes in the middle of the switch`()
    throws
  {
    let scheduler = scheduler(Hardware(switchTicks: 3), HighestPriorityFirst())
    var job = TextbookJob(10)
    job.yieldEvery = 3
    try scheduler.create([job, TextbookJob(2), TextbookJob(at: 5, 1, priority: 5)])
    scheduler.run(ticks: 6)
    #expect(scheduler.nextChoice.task == 3)
    #expect(scheduler.nextChoice.loss?.task == 1)
    #expect(scheduler.nextChoice.loss?.end == .yielded)
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.preemptions == 0)
  }

  @Test func `a limit stops the clock in the middle of a switch`() throws {
    let scheduler = scheduler(Hardware(switchTicks: 5), FirstInFirstOut())
    try scheduler.create([TextbookJob(1), TextbookJob(1)])
    #expect(scheduler.run(ticks: 3) == .limitReached)
    #expect(scheduler.now == 3)
    isWhole(scheduler)
    let incoming = try #require(scheduler.info(2)?.accounting)
    #expect(incoming.wait(now: 3) == 1 && incoming.switching(now: 3) == 2)
    #expect(scheduler.nextChoice.task == 2 && scheduler.nextChoice.tick == 6)
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.now == 7)
  }

  @Test func `a task that is killed while the CPU is switched to it leaves it to the next`() throws
  {
    let scheduler = scheduler(Hardware(switchTicks: 5), FirstInFirstOut())
    try scheduler.create([TextbookJob(1), TextbookJob(1), TextbookJob(1)])
    scheduler.run(ticks: 3)
    try scheduler.perform(KillTask(2))
    isWhole(scheduler)
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.now == 3 + 5 + 1)
  }

  @Test func `a change of the cost begins the switch anew`() throws {
    let scheduler = scheduler(Hardware(switchTicks: 5), FirstInFirstOut())
    try scheduler.create([TextbookJob(1), TextbookJob(1)])
    scheduler.run(ticks: 3)
    scheduler.hardware.switchTicks = 1
    isWhole(scheduler)
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.now == 3 + 1 + 1)
    #expect(scheduler.hardware == Hardware(switchTicks: 1))
  }

  @Test(arguments: PolicyCase.all)
  func `each switch costs what it should, under every policy`(policy: PolicyCase) throws {
    var random = RandomSource(seed: 71)
    for _ in 0..<40 {
      let jobs = random.jobs(yielding: true)
      let scheduler = scheduler(random.hardware(), policy.make())
      try scheduler.create(jobs)
      #expect(run(scheduler) == .allFinished)
      let least = scheduler.switches * scheduler.hardware.switchTicks
      // A switch that another task interrupts costs more.
      #expect(scheduler.switchingTicks >= least)
      #expect(policy.make().interests.contains(.ticks) || scheduler.switchingTicks == least)
      let needed = jobs.map(\.length).reduce(0, +)
      #expect(scheduler.busyTicks == needed)
      for task in scheduler.tasks(includingEnded: true) {
        let accounting = task.accounting
        let parts =
          accounting.wait(now: scheduler.now) + accounting.blocked(now: scheduler.now)
          + accounting.switching(now: scheduler.now) + accounting.dispatches
        #expect(accounting.turnaround == parts)
      }
    }
  }

  @Test(arguments: PolicyCase.all)
  func `what is foretold comes`(policy: PolicyCase) throws {
    var random = RandomSource(seed: 72)
    for _ in 0..<20 {
      let scheduler = scheduler(random.hardware(), policy.make())
      try scheduler.create(random.jobs())
      while scheduler.liveTaskCount > 0 {
        let next = scheduler.nextChoice
        guard case .dispatched(let task) = scheduler.step() else { break }
        #expect(next.task == task)
        #expect(next.tick == scheduler.now - 1)
        if next.task != task { return }
      }
    }
  }

  // MARK: The shared device

  @Test func `requests are served in the order in which they came`() throws {
    let scheduler = scheduler(Hardware(device: .shared), FirstInFirstOut())
    try scheduler.create([
      TextbookJob(2, io: 1, lasting: 5), TextbookJob(2, io: 1, lasting: 5),
    ])
    scheduler.run(ticks: 3)
    #expect(scheduler.info(1)?.deadline == 6)
    #expect(scheduler.info(2)?.deadline == 11)
    isWhole(scheduler)
    #expect(run(scheduler) == .allFinished)
    #expect(turnarounds(scheduler) == [7, 12])
    #expect(scheduler.ioBusyTicks == 10)
  }

  @Test func `those behind one that is killed move up`() throws {
    let scheduler = scheduler(Hardware(device: .shared), FirstInFirstOut())
    try scheduler.create((1...4).map { _ in TextbookJob(2, io: 1, lasting: 10) })
    scheduler.run(ticks: 6)
    #expect((1...4).map { scheduler.info(TaskID(rawValue: $0))?.deadline } == [11, 21, 31, 41])
    // One that waits.
    try scheduler.perform(KillTask(3))
    #expect([1, 2, 4].map { scheduler.info(TaskID(rawValue: $0))?.deadline } == [11, 21, 31])
    isWhole(scheduler)
    // The one that is served.
    try scheduler.perform(KillTask(1))
    #expect([2, 4].map { scheduler.info(TaskID(rawValue: $0))?.deadline } == [16, 26])
    isWhole(scheduler)
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.now == 27)
  }

  @Test func `a change of the devices holds for requests to come`() throws {
    let scheduler = scheduler(Hardware(), FirstInFirstOut())
    try scheduler.create((1...3).map { TextbookJob(at: $0 * 2, 2, io: 1, lasting: 10) })
    scheduler.run(ticks: 4)
    scheduler.hardware.device = .shared
    scheduler.run(ticks: 2)
    scheduler.hardware.device = .own
    scheduler.run(ticks: 2)
    #expect((1...3).map { scheduler.info(TaskID(rawValue: $0))?.deadline } == [13, 15, 17])
    isWhole(scheduler)
    try scheduler.perform(KillTask(2))
    isWhole(scheduler)
    #expect(run(scheduler) == .allFinished)
  }

  @Test func `a request that would be served too late is refused`() throws {
    let scheduler = scheduler(Hardware(device: .shared), FirstInFirstOut())
    var failures = 0
    for _ in 1...3 {
      try scheduler.createTask { os in
        do {
          try await os.performIO(.max / 4 + 10)
        } catch is SystemCallError {
          failures += 1
        }
      }
    }
    scheduler.runEventLoop()
    #expect(failures == 2)
  }

  @Test func `a checkpoint keeps the hardware and what is at the device`() throws {
    let scheduler = scheduler(Hardware(switchTicks: 2, device: .shared), FirstInFirstOut())
    try scheduler.create((1...3).map { _ in TextbookJob(3, io: 1, lasting: 4) })
    scheduler.run(ticks: 6)
    let checkpoint = try scheduler.checkpoint()
    scheduler.runEventLoop()
    let (end, first) = (scheduler.now, turnarounds(scheduler))
    scheduler.restore(checkpoint)
    isWhole(scheduler)
    scheduler.runEventLoop()
    #expect(scheduler.now == end && turnarounds(scheduler) == first)
    let other = Scheduler()
    other.restore(checkpoint)
    #expect(other.hardware == Hardware(switchTicks: 2, device: .shared))
  }
}
