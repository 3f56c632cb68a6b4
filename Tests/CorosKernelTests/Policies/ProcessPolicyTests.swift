import CorosKernel
import CorosStorm
import CorosTestSupport
import Testing

/// What the shell's tests of `procs` do not reach: tasks that come, stop and die at odd moments.
@Suite struct ProcessPolicyTests {
  private static var policies: [ProcessPolicy] {
    ProcessPolicy.Switch.allCases.flatMap { switching in
      ProcessPolicy.Wake.allCases.map { ProcessPolicy(switching: switching, waking: $0) }
    }
  }

  private func scheduler(_ policy: ProcessPolicy) -> (Scheduler, Timeline) {
    let scheduler = Scheduler(policy: policy)
    let timeline = Timeline()
    scheduler.add(timeline)
    return (scheduler, timeline)
  }

  @Test func `whoever yields is followed by the next in order`() throws {
    let (scheduler, timeline) = scheduler(ProcessPolicy())
    for name in ["A", "B", "C"] {
      try scheduler.createTask(name) { os in
        try await os.compute(1)
        try await os.yield()
      }
    }
    #expect(run(scheduler) == .allFinished)
    #expect(timeline.picture == ["A: ##----#", "B: --##---#", "C: ----##--#"])
  }

  @Test func `the CPU idles for one that waits, and for nobody once that is killed`() throws {
    let (scheduler, timeline) = scheduler(ProcessPolicy(switching: .end))
    try scheduler.createTask("A") { os in try await os.performIO(100) }
    try scheduler.createTask("B") { os in try await os.compute(1) }
    #expect(scheduler.step() == .dispatched(1))
    #expect(scheduler.awaitedTask == 1)
    #expect(scheduler.run(ticks: 3) == .idle(until: 101))
    #expect(scheduler.readyQueue == [2])
    try scheduler.perform(KillTask(1))
    #expect(scheduler.awaitedTask == nil)
    #expect(run(scheduler) == .allFinished)
    #expect(timeline.picture == ["A: #www", "B: ----##"])
  }

  @Test func `one that was stopped while the CPU idles for it can be let go on`() throws {
    let (scheduler, _) = scheduler(ProcessPolicy(switching: .end))
    try scheduler.createTask("A") { os in try await os.performIO(5) }
    try scheduler.createTask("B") { os in try await os.compute(1) }
    scheduler.step()
    try scheduler.perform(StopTask(1))
    #expect(run(scheduler) == .undecided([2]))
    try scheduler.perform(ContinueTask(1))
    #expect(run(scheduler) == .allFinished)
  }

  @Test func `one that has waited takes the CPU, and the turn order goes on behind it`() throws {
    let (scheduler, timeline) = scheduler(ProcessPolicy(waking: .immediate))
    try scheduler.createTask("A") { os in try await os.compute(9) }
    try scheduler.createTask("B") { os in
      try await os.performIO(2)
      try await os.compute(1)
    }
    try scheduler.createTask("C") { os in try await os.compute(2) }
    scheduler.run(ticks: 2)
    try scheduler.perform(StopTask(1))
    scheduler.run(ticks: 1)
    try scheduler.perform(ContinueTask(1))
    #expect(run(scheduler) == .allFinished)
    #expect(
      timeline.picture == ["A: ##s-----########", "B: --#ww##", "C: ---##--#"]
    )
  }

  @Test func `a policy that comes late takes over whom it finds`() throws {
    for policy in Self.policies {
      let scheduler = Scheduler(policy: RoundRobin(quantum: 3))
      for _ in 0..<5 {
        try scheduler.createTask { os in
          try await os.compute(4)
          try await os.performIO(3)
          try await os.compute(4)
        }
      }
      scheduler.run(ticks: 17)
      scheduler.use(policy)
      isWhole(scheduler)
      scheduler.run(ticks: 3)
      scheduler.use(RoundRobin())
      isWhole(scheduler)
      scheduler.run(ticks: 3)
      scheduler.use(policy)
      #expect(run(scheduler) == .allFinished, "\(policy)")
      for task in scheduler.tasks(includingEnded: true) {
        #expect(task.accounting.dispatches == 10)
      }
    }
  }

  @Test(arguments: 0..<4, 1...4 as ClosedRange<UInt64>)
  func `a storm breaks nothing`(index: Int, seed: UInt64) throws {
    let policy = Self.policies[index]
    let scheduler = Scheduler(policy: policy, seed: seed, limits: Limits(tasks: 15, refusals: 3))
    var random = RandomSource(seed: seed)
    let storm = StormWorld(mixesForms: true)
    for step in 0..<1_500 {
      if step.isMultiple(of: 25) {
        _ = try? scheduler.createTask("storm", storm.code(seed: random.next()))
      }
      if case .stalled = scheduler.step() {
        for task in scheduler.tasks() { try scheduler.perform(ContinueTask(task.tid)) }
        if let task = Array(scheduler.tasks()).first { try scheduler.perform(KillTask(task.tid)) }
      }
      guard isWhole(scheduler) else { return }
    }
    #expect(scheduler.endedTaskCount > 30)
  }
}
