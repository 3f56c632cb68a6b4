public import CorosKernel
import Testing

// The code of CONTRIBUTING.md, word for word.

/// Asks how many tasks are alive.
///
/// - Blocks: never. Reply: their number, the caller included. O(1).
public struct CountAlive: SystemCall {
  /// Makes the call.
  public init() {}

  /// Replies with the number of live tasks.
  public func handle(in kernel: KernelContext) -> Disposition<Int> {
    .reply(kernel.liveTaskCount)
  }
}

extension SystemInterface {
  /// How many tasks are alive.
  public nonisolated(nonsending) func countAlive() async throws -> Int {
    try await call(CountAlive())
  }
}

@Suite(.timeLimit(.minutes(15))) struct CountAliveTests {
  @Test func `a task counts itself and the others`() throws {
    let scheduler = Scheduler()
    var count = 0
    try scheduler.createTask { os in count = try await os.countAlive() }
    try scheduler.createTask { os in try await os.yield() }
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(count == 2)
    #expect(try scheduler.perform(CountAlive()) == 0)
  }
}

/// The task that became ready last runs first, until it gives up the CPU.
public struct LastComeFirstServed: SchedulingPolicy {
  private var stack: [TaskHandle] = []

  /// Makes the policy.
  public init() {}

  /// The name.
  public var description: String { "lcfs" }

  /// The stack, top first.
  public var order: [TaskHandle] { stack.reversed() }

  /// Puts a task on top.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) { stack.append(task) }

  /// Takes a task out of the stack, in O(n).
  public mutating func remove(_ task: TaskHandle) { stack.removeAll { $0 == task } }

  /// Takes the task on top, for as long as it likes.
  public mutating func next(at now: Tick) -> Choice? {
    stack.popLast().map { Choice($0, slice: .max) }
  }
}

@Suite(.timeLimit(.minutes(15))) struct LastComeFirstServedTests {
  @Test func `tasks run in the order of the policy`() throws {
    let scheduler = Scheduler(policy: LastComeFirstServed())
    let log = EventLog(.output)
    scheduler.add(log)
    for name in ["one", "two", "three"] {
      try scheduler.createTask(name) { os in
        try await os.write(name)
        try await os.compute(2)
        try await os.yield()
        try await os.write(name)
      }
    }
    #expect(scheduler.readyQueue == [3, 2, 1])
    #expect(try scheduler.perform(KillTask(2)))
    #expect(scheduler.runEventLoop() == .allFinished)
    let names = ["three", "three", "one", "one"]
    #expect(log.events.map(\.action) == names.map { .wrote($0) })
    #expect(scheduler.policyDescription == "lcfs")
  }
}
