import CorosKernel
import CorosTestSupport
import Testing

@Suite struct OperatorTests {
  private let scheduler = Scheduler()
  private let log = EventLog()

  init() {
    scheduler.add(log)
  }

  @Test func `calls that only ask are answered without a tick`() throws {
    #expect(try scheduler.perform(GetTid()) == .operator)
    #expect(try scheduler.perform(GetParent()) == .operator)
    #expect(try scheduler.perform(GetTime()) == 0)
    try scheduler.perform(Yield())
    try scheduler.perform(Compute())
    try scheduler.perform(Sleep(0))
    try scheduler.perform(Write("hello"))
    #expect((0..<6).contains(try scheduler.perform(Random(below: 6))))
    #expect(throws: SystemCallError.self) { try scheduler.perform(Random(below: 0)) }
    #expect(scheduler.now == 0)
    #expect(log.output == ["hello"])
    #expect(log.events.allSatisfy { $0.task == .operator })
    isWhole(scheduler)
  }

  @Test func `a task created by the operator is its child`() throws {
    let child = try scheduler.perform(NewTask("child") { os in try await os.exit(2) })
    #expect(child == 1)
    #expect(scheduler.info(child)?.parent == .operator)
    #expect(try scheduler.perform(WaitTask(child)) == .exited(2))
  }

  @Test func `exit is for tasks only`() {
    #expect(throws: SystemCallError.onlyForTasks(call: "Exit")) {
      try scheduler.perform(Exit(1))
    }
    isWhole(scheduler)
  }

  @Test func `a wait runs tasks until it is answered, and not one step further`() throws {
    let target = try scheduler.createTask { os in try await os.compute(3) }
    try scheduler.createTask { os in while true { try await os.yield() } }
    #expect(try scheduler.perform(WaitTask(target)) == .exited(0))
    #expect(scheduler.now == 7)
    isWhole(scheduler)
  }

  @Test func `a sleep ends at its tick, whichever tasks are ready`() throws {
    try scheduler.createTask { os in while true { try await os.yield() } }
    try scheduler.createTask { os in while true { try await os.sleep(5) } }
    for turn in 1...4 {
      try scheduler.perform(Sleep(5))
      #expect(scheduler.now == turn * 5)
      isWhole(scheduler)
    }
  }

  @Test func `a sleep with nothing to run moves the clock`() throws {
    try scheduler.perform(Sleep(30))
    #expect(scheduler.now == 30)
    #expect(scheduler.idleTicks == 30)
  }

  @Test func `a wait with a timeout ends at its tick`() throws {
    let target = try scheduler.createTask { os in while true { try await os.yield() } }
    #expect(throws: SystemCallError.timedOut) {
      try scheduler.perform(WaitTask(target, timeout: 8))
    }
    #expect(scheduler.now == 8)
    #expect(throws: SystemCallError.timedOut) {
      try scheduler.perform(WaitTask(target, timeout: 0))
    }
    #expect(scheduler.now == 8)
    #expect(scheduler.info(target)?.waiters == [])
    isWhole(scheduler)
  }

  @Test func `a wait that cannot be answered says why the run stopped`() throws {
    let one = try scheduler.createTask("one") { os in try await os.waitTask(2) }
    try scheduler.createTask("two") { os in try await os.waitTask(1) }
    let error = #expect(throws: RunStopped.self) { try scheduler.perform(WaitTask(one)) }
    guard case .deadlock(let deadlock)? = error?.outcome else {
      Issue.record("no deadlock")
      return
    }
    #expect(deadlock.circles == [[1, 2]])
    #expect(scheduler.info(one)?.waiters == [2])
    isWhole(scheduler)
  }

  @Test func `a wait that is given up leaves no trace`() throws {
    let target = try scheduler.createTask { os in while true { try await os.yield() } }
    for call in [WaitTask(target), WaitTask(target, timeout: 1_000)] {
      let error = #expect(throws: RunStopped.self) {
        try scheduler.perform(call) { $0.now % 7 == 6 }
      }
      #expect(error?.outcome == .conditionMet)
      #expect(scheduler.info(target)?.waiters == [])
      #expect(scheduler.nextDeadline == nil)
      isWhole(scheduler)
    }
    #expect(throws: RunStopped.self) { try scheduler.perform(WaitAnyChild()) { _ in true } }
    isWhole(scheduler)
    #expect(try scheduler.perform(KillTask(target)))
    #expect(try scheduler.perform(WaitAnyChild()).tid == target)
  }

  @Test func `after giving up a wait the operator can call again`() throws {
    let target = try scheduler.createTask { os in try await os.sleep(1_000) }
    #expect(throws: RunStopped.self) { try scheduler.perform(WaitTask(target)) { _ in true } }
    #expect(try scheduler.perform(GetTime()) == scheduler.now)
    try scheduler.createTask("other") { os in try await os.waitTask(target) }
    scheduler.step()
    #expect(scheduler.waitQueues.map(\.tasks) == [[2], [1]])
    isWhole(scheduler)
  }

  @Test func `the operator's calls do not disturb the task that keeps the CPU`() throws {
    let scheduler = Scheduler(policy: RoundRobin(quantum: 5))
    try scheduler.createTask { os in try await os.compute(9) }
    try scheduler.createTask { os in try await os.compute(9) }
    scheduler.run(ticks: 2)
    try scheduler.perform(Yield())
    _ = try scheduler.perform(GetTid())
    #expect(throws: SystemCallError.self) { try scheduler.perform(WaitTask(.operator)) }
    #expect(scheduler.sliceHolder?.tid == 1)
    #expect(scheduler.sliceHolder?.ticksLeft == 3)
    isWhole(scheduler)
  }

  @Test func `calling a scheduler from inside one of its tasks stops the program`() async {
    await #expect(processExitsWith: .failure) {
      let scheduler = Scheduler()
      try scheduler.createTask { _ in scheduler.step() }
      scheduler.step()
    }
  }
}
