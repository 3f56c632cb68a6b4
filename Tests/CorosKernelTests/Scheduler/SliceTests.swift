import CorosKernel
import CorosTestSupport
import Testing

@Suite struct SliceTests {
  private func picture(
    quantum: Tick,
    _ bodies: KeyValuePairs<String, TaskBody>
  ) throws -> [String] {
    let scheduler = Scheduler(policy: RoundRobin(quantum: quantum))
    let timeline = Timeline()
    scheduler.add(timeline)
    for (name, body) in bodies { try scheduler.createTask(name, body) }
    #expect(run(scheduler) == .allFinished)
    return timeline.picture
  }

  private let compute: TaskBody = { os in try await os.compute(3) }

  @Test func `with a quantum of 1 any trap sends a task to the tail`() throws {
    #expect(
      try picture(quantum: 1, ["A": compute, "B": compute]) == [
        "A: #-#-#-#",
        "B: -#-#-#-#",
      ]
    )
  }

  @Test func `with a quantum of 2 a task keeps the CPU for two ticks`() throws {
    #expect(
      try picture(quantum: 2, ["A": compute, "B": compute]) == [
        "A: ##--##",
        "B: --##--##",
      ]
    )
  }

  @Test func `with a long quantum a task keeps the CPU to its end`() throws {
    for quantum in [5, Tick.max] {
      #expect(
        try picture(quantum: quantum, ["A": compute, "B": compute]) == [
          "A: ####",
          "B: ----####",
        ]
      )
    }
  }

  @Test func `a yield gives up the rest of the slice`() throws {
    let yielding: TaskBody = { os in
      try await os.compute()
      try await os.yield()
      try await os.compute()
    }
    #expect(
      try picture(quantum: 5, ["A": yielding, "B": compute]) == [
        "A: ##----##",
        "B: --####",
      ]
    )
  }

  @Test func `a sleep of 0 gives up the rest of the slice`() throws {
    let napping: TaskBody = { os in
      try await os.sleep(0)
      try await os.compute()
    }
    #expect(
      try picture(quantum: 5, ["A": napping, "B": compute]) == [
        "A: #----##",
        "B: -####",
      ]
    )
  }

  @Test func `blocking gives up the CPU, and waking does not take it back`() throws {
    let sleeping: TaskBody = { os in
      try await os.sleep(1)
      try await os.compute()
    }
    #expect(
      try picture(quantum: 3, ["A": sleeping, "B": compute]) == [
        "A: #z--##",
        "B: -###--#",
      ]
    )
  }

  @Test func `every call that does not block keeps the CPU during the slice`() throws {
    let busy: TaskBody = { os in
      _ = try await os.getTid()
      _ = try await os.getTime()
      _ = try await os.random(below: 6)
      try await os.write("x")
      _ = try await os.newTask("C") { _ in }
      try await os.killTask(99)
    }
    #expect(
      try picture(quantum: 9, ["A": busy, "B": { _ in }]) == [
        "A: #######",
        "B: -------#",
        "C:      ---#",
      ]
    )
  }

  @Test func `a child is queued before its parent`() throws {
    let parent: TaskBody = { os in
      _ = try await os.newTask("C") { os in try await os.yield() }
      try await os.yield()
    }
    #expect(
      try picture(quantum: 1, ["P": parent]) == [
        "P: #-#-#",
        "C:  #-#",
      ]
    )
  }

  @Test func `the task that keeps the CPU is the slice holder, and runs`() throws {
    let scheduler = Scheduler(policy: RoundRobin(quantum: 3))
    try scheduler.createTask("A", compute)
    try scheduler.createTask("B", compute)
    #expect(scheduler.sliceHolder == nil)
    scheduler.step()
    #expect(scheduler.sliceHolder?.tid == 1)
    #expect(scheduler.sliceHolder?.ticksLeft == 2)
    #expect(scheduler.info(1)?.state == .running)
    #expect(scheduler.readyQueue == [2])
    scheduler.run(ticks: 2)
    #expect(scheduler.sliceHolder == nil)
    #expect(scheduler.info(1)?.state == .ready)
    #expect(scheduler.readyQueue == [2, 1])
  }

  @Test func `the slice holder can be killed between two steps`() throws {
    let scheduler = Scheduler(policy: RoundRobin(quantum: 9))
    try scheduler.createTask("A", compute)
    try scheduler.createTask("B", compute)
    scheduler.step()
    try scheduler.perform(KillTask(1))
    isWhole(scheduler)
    #expect(scheduler.sliceHolder == nil)
    #expect(scheduler.step() == .dispatched(2))
    #expect(run(scheduler) == .allFinished)
  }

  @Test func `each turn begins with a new slice`() throws {
    let scheduler = Scheduler(policy: RoundRobin(quantum: 2))
    let log = EventLog(.dispatches)
    scheduler.add(log)
    for _ in 1...3 { try scheduler.createTask { os in try await os.compute(4) } }
    #expect(run(scheduler) == .allFinished)
    #expect(log.dispatches.map(\.rawValue) == [1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3, 1, 2, 3])
    #expect(scheduler.switches == 8)
  }
}
