// Looking at a scheduler. Looking never runs a task and changes nothing.

extension Scheduler {
  /// The present tick.
  public var now: Tick { state.now }

  /// The ticks in which nothing was ready and the clock jumped.
  public var idleTicks: Tick { state.idleTicks }

  /// The ticks in which a task ran.
  public var busyTicks: Tick { state.now - state.idleTicks - state.cpu.switchingTicks }

  /// The ticks in which at least one device was busy, up to now.
  public var ioBusyTicks: Tick { state.waits.devices.busyTicks(now: state.now) }

  /// How often the CPU passed from one task to another.
  public var switches: Int { state.cpu.switches }

  /// How often the first task could have gone on: its slice had ended, or the policy put another first.
  public var preemptions: Int { state.cpu.preemptions }

  /// The task that ran in the last step; nil before the first.
  public var lastDispatched: TaskID? {
    state.cpu.lastDispatched == .operator ? nil : state.cpu.lastDispatched
  }

  /// The seed of the random numbers.
  public var seed: UInt64 { state.random.seed }

  /// How many tasks are alive.
  public var liveTaskCount: Int { state.registry.liveCount }

  /// How many tasks have ended, remembered or not.
  public var endedTaskCount: Int { state.registry.endedCount }

  /// The policy, as it is typed.
  public var policyDescription: String { state.policy.current.description }

  /// Which task goes first under the policy, as a clause: `the first in the queue goes first`.
  public var policyRule: String { state.policy.current.rule }

  /// Whether the policy may take the CPU from a task in the middle of its slice.
  public var policyPreempts: Bool { state.policy.interests.contains(.ticks) }

  /// Whether tasks are ready and none will run until the operator picks one: see `pick(_:)`.
  public var isUndecided: Bool { state.cpu.isFree && state.policy.isUndecided }

  /// The task that the CPU is reserved for, so that it idles although others are ready; nil when it is not.
  public var awaitedTask: TaskID? {
    state.cpu.isFree ? state.policy.current.awaited.map { state[$0.slot].tid } : nil
  }

  /// What the policy sorts a ready or running task by, such as `pass 400`.
  ///
  /// - Parameter tid: which task.
  /// - Returns: nil for other tasks, and when only the place in the queue counts.
  public func sortKey(of tid: TaskID) -> String? {
    guard let slot = state.slot(of: tid), state[slot].isQueued || state.cpu.holder == slot else {
      return nil
    }
    // The policy knows nothing of a turn that the operator has chosen.
    if state.cpu.holder == slot, state.cpu.isOutOfTurn { return nil }
    let turn = state.cpu.turn(of: slot, at: state.now)
    return policyOfTick.sortKey(of: state.handle(slot), after: turn)
  }

  /// The queue that a live task belongs to, from 1, where the policy has several; nil for other tasks and policies.
  ///
  /// - Parameter tid: which task.
  /// - Returns: its number.
  public func level(of tid: TaskID) -> Int? {
    guard let slot = state.slot(of: tid) else { return nil }
    return policyOfTick.level(of: state.handle(slot))
  }

  /// The policy as it is once it has heard that the tick begins: a boost may be due.
  private var policyOfTick: any SchedulingPolicy {
    var policy = state.policy
    if policy.interests.contains(.ticks) { policy.beginTick(now) }
    return policy.current(at: now, state.cpu)
  }

  /// The ready tasks in the order in which they would run, the next one first; O(n).
  public var readyQueue: [TaskID] {
    state.order.map { task in
      precondition(state.isHeld(task), "the policy lists a task that is not in its hands")
      return state[task.slot].tid
    }
  }

  /// The task that has the CPU between two steps, and for how many more ticks; nil when none has it.
  public var sliceHolder: (tid: TaskID, ticksLeft: Tick)? {
    if state.cpu.isFree { return nil }
    // What is left of a slice without end is no number to show.
    let ticksLeft = state.cpu.ticksLeft > endOfTime ? .max : state.cpu.ticksLeft
    return (state[state.cpu.holder].tid, ticksLeft)
  }

  /// When the next sleeper or timeout is due; nil when there is none.
  public var nextDeadline: Tick? {
    state.nextDeadlineAtAGlance
  }

  /// What is known of a task, living or ended and remembered; nil when there is no such task.
  ///
  /// - Parameter tid: which task.
  /// - Returns: a snapshot. O(1), and the number of its waiters.
  public func info(_ tid: TaskID) -> TaskInfo? {
    guard tid != .operator, let entry = state.registry.directory[tid] else { return nil }
    return info(tid, entry)
  }

  /// How many tasks have ended and are remembered.
  public var rememberedTaskCount: Int { state.registry.ended.records.count }

  /// The tasks, oldest first, each looked up when the sequence reaches it.
  ///
  /// The sequence needs no memory, and may be used while tasks run: it skips tasks that have ended meanwhile,
  /// and does not show tasks that were created since.
  ///
  /// - Parameter includingEnded: whether to include ended tasks that are remembered.
  /// - Returns: the sequence.
  public func tasks(includingEnded: Bool = false) -> some Sequence<TaskInfo> {
    let newest = state.registry.lastTID
    return sequence(state: TaskID.operator) { [self] last -> TaskInfo? in
      while let (tid, entry) = state.registry.directory.first(after: last), tid <= newest {
        last = tid
        if case .live = entry { return info(tid, entry) }
        if includingEnded { return info(tid, entry) }
      }
      return nil
    }
  }

  /// The wait queues that are not empty.
  ///
  /// First the waiters of each task, by the task's id, then those that wait for any child, for time, for I/O,
  /// on channels by name, for objects in the order in which they were made, and outside. A task that waits for one
  /// of several objects stands in the queue of each. Within a queue, in the order in which they wake. O(n log n).
  public var waitQueues: [WaitQueueInfo] {
    var queues: [WaitQueueInfo] = []
    var parents: [TaskID] = []
    var timed: [WaitTarget: [(tid: TaskID, deadline: Tick, number: Int)]] = [:]
    var outside: [TaskID] = []
    for tid in state.registry.liveTasks {
      guard let slot = state.slot(of: tid) else { continue }
      let waiters = tasks(standingIn: state[slot].waiters)
      if !waiters.isEmpty { queues.append(WaitQueueInfo(reason: .task(tid), tasks: waiters)) }
      guard let wait = state[slot].wait else { continue }
      switch wait.reason {
      case .anyChild: parents.append(tid)
      case .time, .io:
        timed[wait.reason, default: []].append((tid, wait.deadline ?? 0, wait.number))
      case .outside: outside.append(tid)
      // A task that has not arrived stands in no queue to look at.
      case .task, .channel, .object, .anyOf, .arrival: break
      }
    }
    func append(_ reason: WaitReason, _ tasks: [TaskID]) {
      if !tasks.isEmpty { queues.append(WaitQueueInfo(reason: reason, tasks: tasks)) }
    }
    append(.anyChild, parents)
    for reason in [WaitTarget.time, .io] {
      // Equal deadlines wake in the order in which their timers were armed.
      let tasks = (timed[reason] ?? []).sorted {
        ($0.deadline, $0.number) < ($1.deadline, $1.number)
      }
      append(state.named(reason), tasks.map(\.tid))
    }
    for channel in state.waits.channels.keys.sorted() {
      append(
        .channel(channel),
        state.waits.channels[channel].map { tasks(standingIn: $0.slots) } ?? []
      )
    }
    for id in state.objects.ids {
      let queue = state.objects[id].queue
      let tasks = state.objects.stands.stands(in: queue).map { state[$0.slot].tid }
      let place = state.place(in: id, for: 0)
      append(.object(place), tasks.filter { $0 != .operator })
    }
    append(.outside, outside)
    return queues
  }

  /// The tasks that wait in a queue; the operator, which may wait there too, is no task.
  private func tasks(standingIn queue: SlotQueue) -> [TaskID] {
    state.waits.links.slots(of: queue).map { state[$0].tid }.filter { $0 != .operator }
  }

  private func info(_ tid: TaskID, _ entry: TaskDirectory.Entry) -> TaskInfo {
    switch entry {
    case .live(let slot): liveInfo(state[slot], in: slot)
    case .ended(let record): endedInfo(state.registry.ended[record])
    }
  }

  private func liveInfo(_ task: borrowing TaskControlBlock, in slot: Slot) -> TaskInfo {
    let hasArrived = task.wait?.reason != .arrival
    return TaskInfo(
      tid: task.tid,
      name: state.name(of: slot),
      state: taskState(of: task, in: slot),
      parent: state.livingParent(of: task.tid),
      creator: task.parent,
      parameters: task.parameters,
      accounting: task.accounting(),
      waitingSince: hasArrived ? task.wait?.since : nil,
      deadline: task.wait?.deadline,
      cancellation: task.scopes.ofBody,
      waiters: tasks(standingIn: task.waiters),
      loan: state.loan(to: slot)
    )
  }

  private func endedInfo(_ task: EndedTask) -> TaskInfo {
    TaskInfo(
      tid: task.tid,
      name: state.registry.names[task.name],
      state: .exited(task.status),
      parent: state.slot(of: task.parent) == nil ? .operator : task.parent,
      creator: task.parent,
      parameters: task.parameters,
      accounting: task.accounting,
      waitingSince: nil,
      deadline: nil,
      cancellation: nil,
      waiters: [],
      loan: nil
    )
  }

  func taskState(of task: borrowing TaskControlBlock, in slot: Slot) -> TaskState {
    if task.isStopped { return .stopped(waiting: task.wait.map { state.named($0.reason) }) }
    if let wait = task.wait {
      if case .time = wait.reason, let deadline = wait.deadline {
        return .sleeping(until: deadline)
      }
      if case .arrival = wait.reason { return .new(arriving: task.arrival) }
      return .waiting(state.named(wait.reason))
    }
    return task.isQueued ? .ready : .running
  }
}

/// One wait queue: what its tasks wait for, and the tasks.
public struct WaitQueueInfo: Hashable, Sendable {
  /// What they wait for.
  public let reason: WaitReason
  /// The tasks, in the order in which they wake.
  public let tasks: [TaskID]
}
