import CorosKernel
import CorosTestSupport
import Testing

/// Long and deep structures do not use a deep stack: with recursion, each of these tests would need a million
/// frames.
///
/// Serialized, to save memory.
@Suite(.serialized) struct DeepStructureTests {
  /// The walk and the debug build are slow, not the kernel.
  #if DEBUG
    private static let count = 20_000
  #else
    private static let count = 1_000_000
  #endif

  private let scheduler = Scheduler(limits: Limits(tasks: Self.count + 1, keptStatuses: 100))

  /// Makes one call, and then ends.
  private struct OneCall: StateMachine {
    let call: any SystemCall
    let atEnd: () -> Void
    private var isMade = false

    init(_ call: any SystemCall, atEnd: @escaping () -> Void = {}) {
      (self.call, self.atEnd) = (call, atEnd)
    }

    mutating func resume(with resumption: Resumption) -> Trap {
      defer { isMade = true }
      if !isMade { return .call(call) }
      atEnd()
      if case .failure(let error) = resumption { return .threw(error) }
      return .returned
    }
  }

  /// Ends with the same status as the task it waits for.
  private struct ShareFate: SystemCall {
    let target: TaskID
    func handle(in kernel: KernelContext) -> Disposition<Void> { .block(on: .task(target)) }
    func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Void> {
      if case .ended(_, let status) = wakeup { return .finish(status) }
      return .reply(())
    }
  }

  /// Kills a task as soon as another has ended.
  private struct PassOn: SystemCall {
    let target: TaskID
    let victim: TaskID
    func handle(in kernel: KernelContext) -> Disposition<Bool> { .block(on: .task(target)) }
    func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Bool> {
      .reply(kernel.kill(victim))
    }
  }

  /// Waits for a signal and passes it on.
  private struct Relay: SystemCall {
    func handle(in kernel: KernelContext) -> Disposition<Bool> { .block(on: .channel("baton")) }
    func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Bool> {
      .reply(kernel.wake("baton"))
    }
  }

  private struct Signal: SystemCall {
    func handle(in kernel: KernelContext) -> Disposition<Bool> { .reply(kernel.wake("baton")) }
  }

  /// Alternates between the forms; a body counts its unwinding.
  private func create(_ number: Int, _ call: any SystemCall, atEnd: @escaping () -> Void) throws {
    if number.isMultiple(of: 2) {
      try scheduler.createTask("machine", machine: OneCall(call, atEnd: atEnd))
    } else {
      try scheduler.createTask("body") { os in
        defer { atEnd() }
        _ = try await os.call(call)
      }
    }
  }

  /// A sleeping task, followed by many, each of which waits for the one before it.
  private func chain(_ link: (TaskID) -> any SystemCall, atEnd: @escaping () -> Void) throws {
    try create(1, Sleep(10_000_000), atEnd: atEnd)
    for number in 2...Self.count {
      try create(number, link(TaskID(rawValue: number - 1)), atEnd: atEnd)
    }
    scheduler.run(ticks: Self.count)
    #expect(scheduler.readyQueue.isEmpty)
    isWhole(scheduler)
  }

  @Test func `a chain of waiting tasks ends from its far end`() throws {
    var ended = 0
    try chain({ WaitTask($0) }, atEnd: { ended += 1 })
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(ended == Self.count)
    isWhole(scheduler)
  }

  @Test func `a chain of linked tasks ends with the first one, in the same step`() throws {
    var ended = 0
    try chain({ ShareFate(target: $0) }, atEnd: { ended += 1 })
    try scheduler.perform(KillTask(1))
    #expect(ended == Self.count)
    #expect(scheduler.liveTaskCount == 0)
    isWhole(scheduler)
  }

  @Test func `a signal passes through any number of tasks in the same step`() throws {
    var ended = 0
    for number in 1...Self.count { try create(number, Relay(), atEnd: { ended += 1 }) }
    scheduler.run(ticks: Self.count)
    #expect(try scheduler.perform(Signal()))
    #expect(scheduler.waitQueues.isEmpty)
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(ended == Self.count)
    isWhole(scheduler)
  }

  @Test func `a kill passes through any number of avengers in the same step`() throws {
    // Each odd task waits for the previous odd one, in order to kill the previous even one; the next even
    // task waits for that one in the same way.
    try scheduler.createTask("first", machine: OneCall(Sleep(10_000_000)))
    try scheduler.createTask("second", machine: OneCall(Sleep(10_000_000)))
    for number in 3...Self.count {
      let call = PassOn(
        target: TaskID(rawValue: number - 2),
        victim: TaskID(rawValue: number - 1)
      )
      try scheduler.createTask("avenger", machine: OneCall(call))
    }
    scheduler.run(ticks: Self.count)
    try scheduler.perform(KillTask(1))
    isWhole(scheduler)
    #expect(scheduler.runEventLoop() == .allFinished)
    isWhole(scheduler)
  }

  @Test func `a parent of very many children may outlive them, or end first`() throws {
    for isKilled in [false, true] {
      var collected = 0
      let parent = try scheduler.createTask("parent") { os in
        for number in 2...Self.count {
          let child = OneCall(Sleep(10_000_000))
          _ = try await os.newTask("child", machine: child)
          if number == 2 { collected = 0 }
        }
        while let child = try? await os.waitAnyChild() {
          if child.status == .exited(0) { collected += 1 }
        }
      }
      scheduler.run(ticks: 2 * Self.count)
      isWhole(scheduler)
      if isKilled { try scheduler.perform(KillTask(parent)) }
      #expect(scheduler.runEventLoop() == .allFinished)
      // It learns of every end whose status is still kept when it asks.
      #expect(isKilled ? collected == 0 : collected > 0)
      isWhole(scheduler)
    }
  }

  @Test func `a family of very many generations lives and ends`() throws {
    var ended = 0
    func generation(_ left: Int, _ os: SystemInterface) async throws {
      defer { ended += 1 }
      guard left > 1 else { return try await os.sleep(10_000_000) }
      try await os.waitTask(
        try await os.newTask("child") { os in try await generation(left - 1, os) }
      )
    }
    try scheduler.createTask("eldest") { os in try await generation(Self.count, os) }
    scheduler.run(ticks: 3 * Self.count)
    #expect(scheduler.liveTaskCount == Self.count)
    isWhole(scheduler)
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(ended == Self.count)
  }
}
