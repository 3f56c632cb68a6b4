// The kernel checks itself.

extension Scheduler {
  /// Checks every table and queue, and returns what does not agree; empty when all is well.
  ///
  /// For tests, after each step: every task is in exactly one state and at most one queue, tickets and queues
  /// agree, counts agree. Not to be called from inside a step. O(n).
  public func brokenInvariants() -> [String] {
    let walk = InvariantWalk(self)
    walk.walk()
    walk.check(!isBusy, "the scheduler is inside a step")
    return walk.faults
  }
}

/// One walk over the tables and queues of a machine between two steps.
private final class InvariantWalk {
  private let scheduler: Scheduler
  private var state: KernelState { _read { yield scheduler.state } }
  private let live: [TaskID]
  /// The queues in which each slot stands.
  private var places: ContiguousArray<[Place]>
  private(set) var faults: [String] = []
  private var timers = 0
  private var requests = 0
  private var cancelled = 0
  private var children: [TaskID: Int] = [:]

  /// A queue that a task can stand in.
  private enum Place: Equatable, CustomStringConvertible {
    case ready
    case waiting(WaitReason)

    var description: String {
      switch self {
      case .ready: "ready"
      case .waiting(let reason): reason.description
      }
    }
  }

  init(_ scheduler: Scheduler) {
    self.scheduler = scheduler
    live = scheduler.state.registry.liveTasks
    places = ContiguousArray(repeating: [], count: scheduler.state.tasks.count)
  }

  func check(_ condition: Bool, _ fault: @autoclosure () -> String) {
    if !condition { faults.append(fault()) }
  }

  func walk() {
    check(
      live.count == state.registry.liveCount,
      "\(live.count) tasks in the table, \(state.registry.liveCount) counted"
    )
    walkReadyQueue()
    walkWaitQueues()
    for tid in [.operator] + live {
      guard let slot = state.liveSlot(of: tid) else { continue }
      checkAccounting(of: state[slot])
      checkState(of: state[slot], in: slot)
      timers += state[slot].scopes.scopes.count { $0.timer != nil }
      if state[slot].scopes.isCancelled { cancelled += 1 }
    }
    checkCounts()
    faults += state.brokenObjects(live: live)
    check(
      state.policy.interests == state.policy.current.interests,
      "the policy wants to know something else than it is told"
    )
  }

  // MARK: Queues

  private func walkReadyQueue() {
    for handle in state.order {
      guard state.tasks.isTaken(handle.slot) else {
        faults.append("the policy holds slot \(handle.index), which is free")
        continue
      }
      places[handle.index].append(.ready)
      check(
        state[handle.slot].isQueued,
        "the policy holds task \(state[handle.slot].tid), not queued"
      )
    }
    if !state.cpu.isFree {
      let holder = state.cpu.holder
      places[Int(holder.index)].append(.ready)
      check(
        state.cpu.incoming == .none || state.cpu.incoming == holder,
        "the CPU is being switched to slot \(state.cpu.incoming.index), and task \(state[holder].tid) has it"
      )
      check(state.cpu.ticksLeft > 0, "task \(state[holder].tid) keeps the CPU for no tick")
    }
  }

  private func walkWaitQueues() {
    for tid in [.operator] + live {
      guard let slot = state.liveSlot(of: tid) else { continue }
      for waiter in state.waits.links.slots(of: state[slot].waiters) {
        places[Int(waiter.index)].append(.waiting(.task(tid)))
      }
    }
    for waiter in state.waits.links.slots(of: state.waits.devices.queue) {
      places[Int(waiter.index)].append(.waiting(.io))
    }
    for (channel, queue) in state.waits.channels {
      let waiters = state.waits.links.slots(of: queue.slots)
      check(!waiters.isEmpty, "an empty queue is kept for channel \(channel.name)")
      check(
        waiters.count == queue.count,
        "\(waiters.count) tasks wait on channel \(channel.name), \(queue.count) counted"
      )
      for waiter in waiters {
        places[Int(waiter.index)].append(.waiting(.channel(channel)))
      }
    }
  }

  // MARK: Tasks

  private func checkAccounting(of task: borrowing TaskControlBlock) {
    guard task.tid != .operator else { return }
    children[task.parent, default: 0] += 1
    let (tid, accounting, now) = (task.tid, task.accounting(), state.now)
    let parts =
      accounting.absent(now: now) + accounting.wait(now: now) + accounting.blocked(now: now)
      + accounting.stopped(now: now) + accounting.switching(now: now) + accounting.dispatches
    check(
      parts == now - accounting.creation,
      "task \(tid): \(parts) ticks accounted for, of \(now - accounting.creation)"
    )
  }

  private func checkState(of task: borrowing TaskControlBlock, in slot: Slot) {
    let (tid, stands) = (task.tid, places[Int(slot.index)])
    let isOperator = tid == .operator
    check(!task.isDoomed, "task \(tid) is doomed and still there")
    check(isOperator || !(task.coroutine is NoCoroutine), "task \(tid) has no coroutine")
    switch task.phase {
    case .running:
      check(false, "task \(tid) is running between two steps")
    case .gone:
      check(false, "task \(tid) is gone and still there")
    case .queued, .ready:
      let isOut = task.isStopped || isOperator
      check(stands == (isOut ? [] : [.ready]), "task \(tid) is ready and stands in \(stands)")
      let isQueued = !isOut && state.cpu.holder != slot
      check(
        task.isQueued == isQueued,
        "task \(tid): whether it is queued is not kept as its state is"
      )
    case .waiting:
      guard let wait = task.wait else { return check(false, "task \(tid) waits without a ticket") }
      checkWait(wait, of: task, standing: stands)
    }
  }

  private func checkWait(
    _ wait: Wait,
    of task: borrowing TaskControlBlock,
    standing stands: [Place]
  ) {
    let tid = task.tid
    let expected: [Place] =
      switch wait.reason {
      case .task, .channel: [.waiting(state.named(wait.reason))]
      case .io: wait.deviceTicks == nil ? [] : [.waiting(.io)]
      case .anyChild, .time, .arrival, .object, .anyOf, .outside: []
      }
    check(
      stands == expected,
      "task \(tid) waits for \(state.named(wait.reason)) and stands in \(stands)"
    )
    check((wait.timer == nil) == (wait.deadline == nil), "task \(tid): half a deadline")
    if wait.timer != nil { timers += 1 }
    if type(of: wait.call).cancellation.isRefusal, wait.reason != .arrival, wait.reason != .outside
    {
      check(task.scopes.pending == nil, "task \(tid) is cancelled, and waits")
    }
    switch wait.reason {
    case .io: requests += 1
    case .arrival:
      let (arrival, dispatches) = (task.arrival, task.dispatches)
      check(wait.deadline == arrival, "task \(tid) is new, and its timer is not for its arrival")
      check(dispatches == 0, "task \(tid) has run before it arrived")
    case .anyChild:
      let (children, untold) = (task.liveChildren, task.endedChildren.first)
      check(children > 0, "task \(tid) waits for a child and has none")
      // An embedder's call may wait for the next end without collecting the earlier ones.
      check(
        untold == nil || !(wait.call is WaitAnyChild),
        "task \(tid) was not told of an ended child"
      )
    case .task, .channel, .object, .anyOf, .time, .outside: break
    }
  }

  private func checkCounts() {
    check(
      cancelled == state.cancelledTasks,
      "\(cancelled) tasks are cancelled, \(state.cancelledTasks) counted"
    )
    let deadlines = timers + state.tasks.alarms.count
    check(
      deadlines == state.armedTimers,
      "\(deadlines) deadlines, \(state.armedTimers) timers armed"
    )
    check(
      requests == state.waits.devices.requests,
      "\(requests) tasks wait for devices, \(state.waits.devices.requests) counted"
    )
    for tid in [.operator] + live {
      guard let slot = state.liveSlot(of: tid) else { continue }
      let (count, counted) = (children[tid] ?? 0, state[slot].liveChildren)
      check(counted == count, "task \(tid) has \(count) live children, \(counted) counted")
    }
  }
}
