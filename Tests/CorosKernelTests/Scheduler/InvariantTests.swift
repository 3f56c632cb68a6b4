import CorosTestSupport
import Testing

@testable import CorosKernel

/// A check that never complains proves nothing.
@Suite struct InvariantTests {
  /// One task in each state: ready, waiting for a task, waiting for a child, sleeping, on a channel.
  private func busyScheduler(_ policy: any SchedulingPolicy) throws -> Scheduler {
    let scheduler = Scheduler(policy: policy)
    try scheduler.createTask { os in while true { try await os.yield() } }
    try scheduler.createTask { os in try await os.waitTask(1) }
    try scheduler.createTask { os in
      _ = try await os.newTask { os in try await os.sleep(1_000) }
      try await os.waitAnyChild()
    }
    struct Listen: SystemCall {
      func handle(in kernel: KernelContext) -> Disposition<Void> { .block(on: .channel("c")) }
    }
    try scheduler.createTask { os in try await os.call(Listen()) }
    scheduler.run(ticks: 20)
    #expect(scheduler.brokenInvariants() == [])
    return scheduler
  }

  private func faults(
    under policy: any SchedulingPolicy = RoundRobin(),
    after damage: (inout KernelState) -> Void
  ) throws -> [String] {
    let scheduler = try busyScheduler(policy)
    damage(&scheduler.state)
    let faults = scheduler.brokenInvariants()
    // Restore the state, so that the scheduler can be dropped.
    return faults
  }

  @Test func `a ready task that is in no queue is noticed`() throws {
    let faults = try faults { _ = $0.ready.popFirst(in: $0.tasks) }
    #expect(faults.contains("task 1 is ready and stands in []"))
  }

  @Test func `a waiting task in the ready queue is noticed`() throws {
    let faults = try faults { $0.ready.append(Slot(2), in: $0.tasks) }
    #expect(faults.contains { $0.hasPrefix("task 2 waits for task 1 and stands in") })
  }

  @Test func `an entry of the ready queue that was never queued is noticed`() throws {
    let faults = try faults { $0.ready.append(Slot(4), in: $0.tasks) }
    #expect(faults.contains("the policy holds task 4, not queued"))
  }

  @Test func `a task that another policy holds but is not queued is noticed`() throws {
    let faults = try faults(under: FirstInFirstOut()) {
      $0.policy.enqueue(TaskHandle(slot: Slot(4)), at: 20)
    }
    #expect(faults.contains("the policy holds task 4, not queued"))
  }

  @Test func `a task left running between steps is noticed`() throws {
    let faults = try faults { $0[Slot(4)].beginRunning() }
    #expect(faults.contains("task 4 is running between two steps"))
  }

  @Test func `a doomed task that still exists is noticed`() throws {
    let faults = try faults { $0[Slot(1)].doom(as: .killed) }
    #expect(faults == ["task 1 is doomed and still there"])
  }

  @Test func `a task without its coroutine is noticed`() throws {
    let faults = try faults { $0[Slot(1)].coroutine = NoCoroutine() }
    #expect(faults == ["task 1 has no coroutine"])
  }

  @Test func `a stopped task in the ready queue is noticed`() throws {
    let faults = try faults { $0[Slot(1)].beginStop(at: $0.now) }
    #expect(faults.contains { $0.hasPrefix("task 1 is ready and stands in [ready]") })
  }

  @Test func `a wrong count of children is noticed`() throws {
    let faults = try faults { $0[Slot(3)].liveChildren += 1 }
    #expect(faults == ["task 3 has 1 live children, 2 counted"])
  }

  @Test func `an uncounted timer is noticed`() throws {
    let faults = try faults { state in
      guard let wait = state[Slot(5)].wait else { return }
      state[Slot(5)].beginWaiting(
        Wait(
          reason: wait.reason,
          call: PackedCall(any: wait.call),
          since: 0,
          deadline: nil,
          number: 0,
          timer: nil
        )
      )
    }
    #expect(faults.contains("0 deadlines, 1 timers armed"))
  }

  @Test func `a wait queue that lost its task is noticed`() throws {
    let faults = try faults { $0[Slot(1)].waiters = SlotQueue() }
    #expect(faults.contains("task 2 waits for task 1 and stands in []"))
  }

  @Test func `a task that keeps the CPU and is in the queue is noticed`() throws {
    let faults = try faults { $0.cpu.beginTurn(of: Slot(1), slice: 3, at: $0.now) }
    #expect(
      faults.contains { $0.hasPrefix("task 1 is ready and stands in [ready, ready]") }
    )
  }

  @Test func `a task that keeps the CPU for no tick is noticed`() throws {
    let faults = try faults { state in
      _ = state.ready.popFirst(in: state.tasks)
      state[Slot(1)].leaveQueue(at: state.now)
      state.cpu.beginTurn(of: Slot(1), slice: 0, at: state.now)
    }
    #expect(faults == ["task 1 keeps the CPU for no tick"])
  }
}
