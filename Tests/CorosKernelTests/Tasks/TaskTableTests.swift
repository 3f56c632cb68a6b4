import Testing

@testable import CorosKernel

/// Checks that a program stopped with this message; optimised builds have no message.
private func expect(
  _ reason: String,
  _ result: ExitTest.Result?,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #if DEBUG
    let words = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(words.contains(reason), sourceLocation: sourceLocation)
  #endif
}

/// The only file with unsafe code, and what protects it from invalid slots.
@Suite struct TaskTableTests {
  private static func block(_ tid: TaskID) -> TaskControlBlock {
    TaskControlBlock(tid: tid, name: 0, parent: .operator, coroutine: NoCoroutine(), arrival: 0)
  }

  // A table cannot be copied, and so cannot appear inside `#expect`.

  @Test func `a slot is free again when its task is removed, and only then reused`() {
    var table = TaskTable()
    let slots = (1...100).map { table.insert(Self.block(TaskID(rawValue: $0))) }
    #expect(slots == (0..<100).map { Slot($0) })
    table.remove(slots[40])
    let isTaken = table.isTaken(slots[40])
    #expect(!isTaken)
    let (again, next) = (table.insert(Self.block(101)), table.insert(Self.block(102)))
    #expect(again == slots[40])
    #expect(next == Slot(100))
    let tids = (0...100).map { table[Slot($0)].tid.rawValue }
    #expect(tids == Array(1...40) + [101] + Array(42...100) + [102])
  }

  @Test func `numbers that are not slots are recognised`() {
    var table = TaskTable()
    let slot = table.insert(Self.block(1))
    let numbers = [-1, 1, 15, 16, 1_000_000, Int(Int32.max), Int(Int32.min)]
    let taken = ([slot] + numbers.map { Slot($0) }).filter { table.isTaken($0) }
    #expect(taken == [slot])
  }

  @Test func `removing a task releases its resources, and the table does not again`() {
    weak var details: Box<TaskDetails>?
    do {
      var table = TaskTable()
      let slot = table.insert(Self.block(1))
      table[slot].waiters = SlotQueue()
      details = table[slot].details
      #expect(details != nil)
      table.remove(slot)
      #expect(details == nil)
      _ = table.insert(Self.block(2))
    }
    #expect(details == nil)
  }

  @Test func `a copy has its own tasks, and the same free slots`() {
    var table = TaskTable()
    let slots = (1...5).map { table.insert(Self.block(TaskID(rawValue: $0))) }
    table.remove(slots[1])
    var copy = table.copy()
    table[slots[2]].liveChildren = 7
    let children = copy[slots[2]].liveChildren
    #expect(children == 0)
    let next = copy.insert(Self.block(9))
    #expect(next == slots[1])
    let isTaken = table.isTaken(slots[1])
    #expect(!isTaken)
  }

  // Asserted in debug builds, so the whole suite is a checked run of this file.
  #if DEBUG
    @Test func `using a slot after its task is gone stops a debug build`() async {
      expect(
        "a slot was used whose task is gone",
        await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
          var table = TaskTable()
          let slot = table.insert(Self.block(1))
          table.remove(slot)
          table[slot].doom(as: .killed)
        }
      )
    }

    @Test func `reading a slot after its task is gone stops a debug build`() async {
      expect(
        "a slot was used whose task is gone",
        await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
          var table = TaskTable()
          let slot = table.insert(Self.block(1))
          table.remove(slot)
          _ = table[slot].tid
        }
      )
    }

    @Test func `removing a task twice stops a debug build`() async {
      expect(
        "a slot was used whose task is gone",
        await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
          var table = TaskTable()
          let slot = table.insert(Self.block(1))
          table.remove(slot)
          table.remove(slot)
        }
      )
    }

    @Test func `a slot that was never handed out stops a debug build`() async {
      expect(
        "no such slot",
        await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
          var other = TaskTable()
          _ = other.insert(Self.block(1))
          let foreign = other.insert(Self.block(2))
          var table = TaskTable()
          _ = table.insert(Self.block(1))
          _ = table[foreign].tid
        }
      )
      expect(
        "no such slot",
        await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
          var table = TaskTable()
          _ = table.insert(Self.block(1))
          _ = table[Slot.none].tid
        }
      )
    }
  #endif
}

/// Policies may be anyone's code: every build checks the tasks that they name.
@Suite struct UntrustworthyPolicyTests {
  /// Names the task that it was made to name, and otherwise takes turns.
  struct Liar: SchedulingPolicy {
    let lie: TaskHandle
    var truth = RoundRobin()
    var isLyingInOrder = false

    var description: String { "liar" }
    var order: [TaskHandle] { isLyingInOrder ? [lie] : truth.order }
    mutating func enqueue(_ task: TaskHandle, at now: Tick) { truth.enqueue(task, at: now) }
    mutating func remove(_ task: TaskHandle) { truth.remove(task) }
    mutating func next(at now: Tick) -> Choice? {
      isLyingInOrder ? truth.next(at: now) : Choice(lie, slice: 1)
    }
  }

  private static func scheduler(_ policy: some SchedulingPolicy) throws -> Scheduler {
    let scheduler = Scheduler(policy: policy)
    for _ in 1...3 { try scheduler.createTask { os in try await os.yield() } }
    return scheduler
  }

  @Test func `a policy that chooses a slot of another scheduler stops the program`() async {
    expect(
      "the policy chose a task that is not in its hands",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        try Self.scheduler(Liar(lie: TaskHandle(slot: Slot(50_000)))).step()
      }
    )
    expect(
      "the policy chose a task that is not in its hands",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        try Self.scheduler(Liar(lie: TaskHandle(slot: .none))).step()
      }
    )
  }

  @Test func `a policy that chooses a task that is not ready stops the program`() async {
    expect(
      "the policy chose a task that is not in its hands",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let scheduler = try Self.scheduler(Liar(lie: TaskHandle(slot: Slot(2))))
        try scheduler.perform(StopTask(2))
        scheduler.step()
      }
    )
    expect(
      "the policy chose a task that is not in its hands",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let scheduler = try Self.scheduler(Liar(lie: TaskHandle(slot: Slot(2))))
        try scheduler.perform(KillTask(2))
        scheduler.step()
      }
    )
    expect(
      "the policy chose a task that is not in its hands",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        try Self.scheduler(Liar(lie: TaskHandle(slot: .operator))).step()
      }
    )
  }

  @Test func `a policy that lists a task it does not hold stops the program on use`() async {
    expect(
      "the policy lists a task that is not in its hands",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let policy = Liar(lie: TaskHandle(slot: Slot(9)), isLyingInOrder: true)
        _ = try Self.scheduler(policy).readyQueue
      }
    )
    expect(
      "the policy lists a task that is not in its hands",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let policy = Liar(lie: TaskHandle(slot: Slot(9)), isLyingInOrder: true)
        try Self.scheduler(policy).use(RoundRobin())
      }
    )
  }
}
