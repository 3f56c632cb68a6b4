import CorosKernel
import Testing

/// What the kernel tells a policy, and when.
@Suite struct PolicyDutiesTests {
  private let diary = DiaryPolicy.Diary()

  private func scheduler(
    _ interests: PolicyInterests = [.tasks, .turns],
    slice: Tick = 2
  ) -> Scheduler {
    let scheduler = Scheduler(policy: DiaryPolicy(diary, interests: interests, slice: slice))
    #expect(diary.take() == ["seed"])
    return scheduler
  }

  @Test func `a task's life as its policy hears it`() throws {
    let scheduler = scheduler()
    try scheduler.createTask { os in
      try await os.compute(2)
      try await os.yield()
      try await os.sleep(2)
    }
    #expect(diary.take() == ["admit 1: 0 100 0 -, ran 0", "enqueue 1 at 0"])
    scheduler.runEventLoop()
    #expect(
      diary.take() == [
        "next 1", "end 1 after 2: expired", "enqueue 1 at 2",
        "next 1", "end 1 after 1: yielded", "enqueue 1 at 3",
        "next 1", "end 1 after 1: blocked", "enqueue 1 at 6",
        "next 1", "end 1 after 1: ended", "forget 1",
      ]
    )
  }

  @Test func `a policy that asks for nothing is told nothing`() throws {
    let scheduler = scheduler([])
    try scheduler.createTask { os in try await os.sleep(2) }
    scheduler.runEventLoop()
    #expect(diary.take() == ["enqueue 1 at 0", "next 1", "enqueue 1 at 3", "next 1"])
  }

  @Test func `the beginning of each tick is told, and each jump of the clock`() throws {
    let scheduler = scheduler(.ticks)
    try scheduler.createTask { os in
      try await os.compute()
      try await os.sleep(7)
    }
    #expect(scheduler.step() == .dispatched(1))
    #expect(diary.take() == ["enqueue 1 at 0", "tick 0", "next 1"])
    #expect(scheduler.step() == .dispatched(1))
    #expect(diary.take() == ["tick 1", "preempts 1 after 1?"])
    #expect(scheduler.step() == .dispatched(1))
    #expect(diary.take() == ["tick 2", "tick 9", "enqueue 1 at 9", "next 1"])
  }

  @Test func `a task that must make way is queued behind those that woke in the same tick`() throws
  {
    var policy = DiaryPolicy(diary, interests: [.turns, .ticks], slice: 10)
    policy.weak = [2]
    let scheduler = Scheduler(policy: policy)
    try scheduler.createTask("sleeper") { os in try await os.sleep(1) }
    try scheduler.createTask("weak") { os in try await os.compute(3) }
    scheduler.run(ticks: 2)
    #expect(diary.take().suffix(3) == ["end 1 after 1: blocked", "tick 1", "next 2"])
    #expect(scheduler.preemptions == 0)
    #expect(scheduler.step() == .dispatched(1))
    #expect(
      diary.take() == [
        "tick 2", "enqueue 1 at 2", "preempts 2 after 1?", "end 2 after 1: preempted",
        "enqueue 2 at 2", "next 1", "end 1 after 1: ended",
      ]
    )
    isWhole(scheduler)
    #expect(scheduler.preemptions == 1)
    // Alone, it loses the CPU to nobody.
    scheduler.runEventLoop()
    #expect(scheduler.preemptions == 1)
    #expect(scheduler.switches == 3)
  }

  @Test func `the time is told before all else, with the ticks of the turn in progress`() throws {
    let scheduler = scheduler([.tasks, .turns, .time], slice: 9)
    try scheduler.createTask("runs") { os in
      try await os.compute(3)
      _ = try await os.newTask("child") { _ in }
      try await os.compute(5)
    }
    #expect(
      diary.take() == [
        "time 0, turn 0", "admit 1: 0 100 0 -, ran 0", "time 0, turn 0", "enqueue 1 at 0",
      ]
    )
    scheduler.run(ticks: 4)
    // The step in which the child comes is part of the turn.
    #expect(
      diary.take() == [
        "next 1", "time 4, turn 4", "admit 2: 0 100 0 -, ran 0", "time 4, turn 4", "enqueue 2 at 4",
      ]
    )
    scheduler.run(ticks: 2)
    #expect(diary.take() == [])
    try scheduler.perform(SetNice(1, of: 1))
    #expect(diary.take() == ["time 6, turn 6", "admit 1: 0 100 1 -, ran 0"])
    try scheduler.perform(StopTask(2))
    #expect(diary.take() == ["time 6, turn 6", "remove 2"])
    // Who looks asks a copy, which knows the time as well.
    _ = scheduler.readyQueue
    #expect(diary.take() == ["time 6, turn 6"])
    // Of a turn out of turn the policy knows nothing.
    try scheduler.perform(ContinueTask(2))
    try scheduler.pick(2)
    #expect(
      diary.take() == [
        "time 6, turn 6", "enqueue 2 at 6", "end 1 after 6: preempted", "time 6, turn 0",
        "enqueue 1 at 6", "time 6, turn 0", "remove 2",
      ]
    )
  }

  @Test func `a turn between two steps ends when its task is stopped or killed`() throws {
    let scheduler = scheduler(.turns, slice: 9)
    try scheduler.createTask { os in try await os.compute(9) }
    try scheduler.createTask { os in try await os.compute(9) }
    scheduler.run(ticks: 2)
    try scheduler.perform(StopTask(1))
    #expect(diary.take().suffix(2) == ["next 1", "end 1 after 2: stopped"])
    scheduler.run(ticks: 3)
    try scheduler.perform(KillTask(2))
    #expect(diary.take() == ["next 2", "end 2 after 3: ended"])
    try scheduler.perform(ContinueTask(1))
    #expect(diary.take() == ["enqueue 1 at 5"])
    #expect(scheduler.runEventLoop() == .allFinished)
  }

  @Test func `a task that stops itself ends its turn so`() throws {
    let scheduler = scheduler(.turns, slice: 9)
    try scheduler.createTask { os in try await os.stopTask(1) }
    #expect(scheduler.runEventLoop() == .stopped([1]))
    #expect(diary.take() == ["enqueue 1 at 0", "next 1", "end 1 after 1: stopped"])
  }

  @Test func `parameters are told when a task comes and whenever they change`() throws {
    let scheduler = scheduler(.tasks, slice: 9)
    let parameters = SchedulingParameters(priority: 3, tickets: 5, nice: -2, length: 4)
    try scheduler.createTask("parent", parameters: parameters) { os in
      try await os.compute(2)
      try await os.setNice(7)
      _ = try await os.newTask("child") { _ in }
      try await os.waitAnyChild()
    }
    #expect(diary.take() == ["admit 1: 3 5 -2 4, ran 0", "enqueue 1 at 0"])
    scheduler.run(ticks: 4)
    #expect(
      diary.take() == [
        // The ticks of the turn are not counted, since its end will tell them.
        "next 1", "admit 1: 3 5 7 4, ran 0",
        // All is inherited but the length.
        "admit 2: 3 5 7 -, ran 0", "enqueue 2 at 4",
      ]
    )
    scheduler.run(ticks: 1)
    try scheduler.perform(SetPriority(-1, of: 1))
    #expect(diary.take() == ["admit 1: -1 5 7 4, ran 5"])
    #expect(scheduler.info(1)?.parameters.priority == -1)
  }

  @Test func `a new policy is told of everybody, and gets the ready tasks in their order`() throws {
    let scheduler = Scheduler(policy: RoundRobin(quantum: 5))
    for number in 1...3 {
      try scheduler.createTask(parameters: .init(tickets: number)) { os in
        try await os.compute(20)
      }
    }
    try scheduler.createTask { os in try await os.sleep(50) }
    try scheduler.createTask("later", at: 90) { _ in }
    scheduler.run(ticks: 5 + 5 + 5 + 1 + 3)
    scheduler.use(DiaryPolicy(diary))
    #expect(
      diary.take() == [
        "seed",
        "admit 1: 0 1 0 -, ran 8", "admit 2: 0 2 0 -, ran 5", "admit 3: 0 3 0 -, ran 5",
        "admit 4: 0 100 0 -, ran 1", "admit 5: 0 100 0 -, ran 0",
        "enqueue 1 at 19", "enqueue 2 at 19", "enqueue 3 at 19",
      ]
    )
    isWhole(scheduler)
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.tasks(includingEnded: true).allSatisfy { $0.state == .exited(.exited(0)) })
  }

  @Test func `a new seed begins the policy's numbers anew`() {
    let scheduler = scheduler()
    scheduler.reseed(7)
    #expect(diary.take() == ["seed"])
  }

  @Test func `a policy may let the CPU idle until the next timer`() throws {
    var policy = DiaryPolicy(diary, interests: [])
    policy.isIdle = true
    let scheduler = Scheduler(policy: policy)
    try scheduler.createTask { _ in }
    #expect(scheduler.runEventLoop() == .undecided([1]))
    try scheduler.createTask("later", at: 7) { _ in }
    #expect(scheduler.runEventLoop() == .undecided([1, 2]))
    #expect(scheduler.now == 7)
    #expect(scheduler.idleTicks == 7)
  }

  @Test func `a policy that must be told stops the run at once`() throws {
    var policy = DiaryPolicy(diary, interests: [])
    policy.isUndecided = true
    let scheduler = Scheduler(policy: policy)
    #expect(scheduler.runEventLoop() == .allFinished)
    try scheduler.createTask { _ in }
    try scheduler.createTask("later", at: 7) { _ in }
    #expect(scheduler.step() == .stalled(.undecided([1])))
    #expect(scheduler.now == 0)
    let stop = #expect(throws: RunStopped.self) { try scheduler.perform(WaitTask(1)) }
    #expect(stop?.outcome == .undecided([1]))
    #expect(throws: SystemCallError.invalidArgument("task 2 is not ready")) {
      try scheduler.pick(2)
    }
    #expect(throws: SystemCallError.invalidArgument("there is no live task 3")) {
      try scheduler.pick(3)
    }
    // Told from outside, out of turn, for a tick.
    try scheduler.pick(1)
    #expect(scheduler.step() == .dispatched(1))
  }
}
