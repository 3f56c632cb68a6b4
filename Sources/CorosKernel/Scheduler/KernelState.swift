/// The whole state of a machine, as one value: its tasks, queues, clock, policy and random numbers.
///
/// The functions here keep the bookkeeping whole; each is a complete move of one task from one state to
/// another. They run no task and tell no observer: that is the `Scheduler`'s part.
struct KernelState {
  var limits: Limits
  var tasks: ContiguousArray<TaskControlBlock>
  private var freeSlots: [Slot] = []
  private(set) var directory = TaskDirectory()
  private(set) var ended: EndedTasks
  private(set) var lastTID: TaskID = .operator
  private(set) var liveCount = 0
  private(set) var endedCount = 0

  var policy: any SchedulingPolicy
  /// The task that keeps the CPU from one step to the next, and for how many more ticks.
  var holder: (slot: Slot, ticksLeft: Tick)?

  private(set) var waitLinks = LinkTable()
  private(set) var channels: [WaitChannel: SlotQueue] = [:]
  private var timers = TimerQueue()

  var now: Tick = 0
  var idleTicks: Tick = 0
  var switches = 0
  var lastDispatched: TaskID?
  var random: RandomSource
  private(set) var seed: UInt64

  init(policy: any SchedulingPolicy, seed: UInt64, limits: Limits) {
    self.limits = limits
    self.policy = policy
    self.seed = seed
    random = RandomSource(seed: seed)
    ended = EndedTasks(limit: limits.keptStatuses)
    tasks = [
      TaskControlBlock(
        tid: .operator,
        name: "operator",
        parent: .operator,
        coroutine: nil,
        now: 0
      )
    ]
    directory[.operator] = .live(.operator)
  }

  mutating func reseed(_ seed: UInt64) {
    self.seed = seed
    random = RandomSource(seed: seed)
  }

  /// The slot of a live task, not the operator's.
  func slot(of tid: TaskID) -> Slot? {
    guard tid != .operator, case .live(let slot)? = directory[tid] else { return nil }
    return slot
  }

  /// The slot of a live task or of the operator.
  func liveSlot(of tid: TaskID) -> Slot? {
    tid == .operator ? .operator : slot(of: tid)
  }

  /// What a task waits for; nil when it does not wait.
  func reason(of tid: TaskID) -> WaitReason? {
    slot(of: tid).flatMap { self[$0].wait?.reason }
  }

  /// The live tasks, oldest first, in O(n).
  var liveTasks: [TaskID] {
    directory.entries(after: .operator).compactMap { tid, entry in
      if case .live = entry { tid } else { nil }
    }
  }

  func standing(of tid: TaskID) -> Standing {
    guard tid != .operator else { return .unknown }
    return switch directory[tid] {
    case .live: .alive
    case .ended(let record): .ended(ended[record].status)
    case nil: .unknown
    }
  }

  /// Who created a task; the operator once the creator has ended.
  func livingParent(of tid: TaskID) -> TaskID {
    guard let slot = slot(of: tid), self.slot(of: self[slot].parent) != nil else {
      return .operator
    }
    return self[slot].parent
  }

  func handle(_ slot: Slot) -> TaskHandle {
    TaskHandle(tid: self[slot].tid, slot: slot)
  }

  subscript(slot: Slot) -> TaskControlBlock {
    _read { yield tasks[Int(slot.index)] }
    _modify { yield &tasks[Int(slot.index)] }
  }

  // MARK: Birth and death

  /// Drops every coroutine; each ends itself as it goes.
  mutating func dropCoroutines() {
    for index in tasks.indices { tasks[index].coroutine = nil }
  }

  /// Adds a task that is ready, and not yet in the policy's hands.
  mutating func addTask(
    name: String,
    parent: TaskID,
    coroutine: any Coroutine,
    at arrival: Tick
  ) -> Slot {
    lastTID = TaskID(rawValue: lastTID.rawValue + 1)
    let task = TaskControlBlock(
      tid: lastTID,
      name: name,
      parent: parent,
      coroutine: coroutine,
      now: arrival
    )
    let slot: Slot
    if let free = freeSlots.popLast() {
      slot = free
      tasks[Int(slot.index)] = task
    } else {
      slot = Slot(tasks.count)
      tasks.append(task)
    }
    directory[task.tid] = .live(slot)
    liveCount += 1
    if case .live(let parentSlot)? = directory[parent] { self[parentSlot].liveChildren += 1 }
    return slot
  }

  /// Takes out a task that stands in no queue, and keeps its status.
  ///
  /// - Returns: those who waited for it, in the order in which they began; they still wait.
  mutating func removeTask(_ slot: Slot, status: ExitStatus, at end: Tick) -> [Slot] {
    let task = self[slot]
    let waiters = waitLinks.slots(of: task.waiters)
    var accounting = task.accounting
    accounting.leaveReady(at: end)
    accounting.end = end
    if let evicted = ended.evicted { forget(evicted) }
    let record = ended.append(
      EndedTask(
        tid: task.tid,
        name: task.name,
        parent: task.parent,
        status: status,
        accounting: accounting
      )
    )
    directory[task.tid] = record.map { .ended(record: $0) }
    endedCount += 1
    liveCount -= 1
    if case .live(let parent)? = directory[task.parent] {
      self[parent].liveChildren -= 1
      if let record { appendEndedChild(record, to: parent) }
    }
    freeSlots.append(slot)
    self[slot].coroutine = nil
    self[slot].resumption = .start
    self[slot].waiters = SlotQueue()
    return waiters
  }

  /// Forgets the oldest ended task.
  ///
  /// If its parent's list has it, it is the first there: lists, too, are in the order of the ends.
  private mutating func forget(_ record: Int) {
    let task = ended[record]
    directory[task.tid] = nil
    if case .live(let parent)? = directory[task.parent], self[parent].endedChildren.first == record
    {
      popEndedChild(of: parent)
      popCollectedChildren(of: parent)
    }
  }

  // MARK: Children that have ended

  private mutating func appendEndedChild(_ record: Int, to parent: Slot) {
    if let last = self[parent].endedChildren.last {
      ended[last].nextSibling = record
    } else {
      self[parent].endedChildren.first = record
    }
    self[parent].endedChildren.last = record
  }

  private mutating func popEndedChild(of parent: Slot) {
    guard let first = self[parent].endedChildren.first else { return }
    let next = ended[first].nextSibling
    self[parent].endedChildren.first = next
    if next == nil { self[parent].endedChildren.last = nil }
  }

  /// Keeps the first of a parent's list one that the parent has not been told of.
  private mutating func popCollectedChildren(of parent: Slot) {
    while let first = self[parent].endedChildren.first, ended[first].isCollected {
      popEndedChild(of: parent)
    }
  }

  /// Marks an ended child as told to its parent, if it is one.
  mutating func collect(_ child: TaskID, by parent: Slot) {
    guard case .ended(let record)? = directory[child], ended[record].parent == self[parent].tid
    else { return }
    ended[record].isCollected = true
    popCollectedChildren(of: parent)
  }

  /// Takes the child that ended first among those the parent has not been told of.
  mutating func collectFirst(by parent: Slot) -> EndedChild? {
    guard let record = self[parent].endedChildren.first else { return nil }
    let child = EndedChild(tid: ended[record].tid, status: ended[record].status)
    collect(child.tid, by: parent)
    return child
  }

  // MARK: Ready

  /// Hands a task that is in no queue to the policy, unless it is stopped.
  mutating func makeReady(_ slot: Slot, at now: Tick) {
    dropHold(of: slot)
    self[slot].state = .ready
    guard slot != .operator else { return }
    if !self[slot].isStopped {
      self[slot].accounting.becomeReady(at: now)
      policy.enqueue(handle(slot))
    }
  }

  /// Takes a ready task out of the policy's hands, or the CPU from it; it is then in no queue.
  mutating func withdraw(_ slot: Slot) {
    if holder?.slot == slot {
      holder = nil
    } else if !self[slot].isStopped {
      policy.remove(handle(slot))
    }
  }

  /// Takes the CPU from a task that keeps it between steps, if it does.
  mutating func dropHold(of slot: Slot) {
    if holder?.slot == slot { holder = nil }
  }

  /// Uses up a tick of the slice of the task that has the CPU.
  ///
  /// - Returns: whether it keeps the CPU; if not, it is in no queue.
  mutating func continueSlice(of slot: Slot) -> Bool {
    guard let hold = holder, hold.slot == slot, !self[slot].isStopped, hold.ticksLeft > 1 else {
      dropHold(of: slot)
      return false
    }
    holder = (slot, hold.ticksLeft - 1)
    self[slot].state = .ready
    return true
  }

  /// Notes that a task has the CPU for a tick from now on.
  mutating func beginDispatch(_ slot: Slot) -> TaskID {
    let tid = self[slot].tid
    self[slot].state = .running
    self[slot].accounting.dispatch(at: now)
    if let last = lastDispatched, last != tid { switches += 1 }
    lastDispatched = tid
    return tid
  }

  /// The task to run next: the one that keeps the CPU, or the policy's choice.
  mutating func takeNext() -> Slot? {
    if let holder { return holder.slot }
    guard let choice = policy.next() else { return nil }
    holder = (choice.task.slot, choice.slice)
    return choice.task.slot
  }

  // MARK: Waiting

  /// Puts a task that is in no queue into the wait queue of its reason, and arms its timer.
  mutating func block(
    _ slot: Slot,
    on reason: WaitReason,
    until deadline: Tick?,
    call: any SystemCall,
    at now: Tick
  ) {
    dropHold(of: slot)
    switch reason {
    case .task(let target):
      guard case .live(let targetSlot)? = directory[target] else {
        preconditionFailure("a task blocked on task \(target), which is not alive")
      }
      waitLinks.append(slot, to: &tasks[Int(targetSlot.index)].waiters)
    case .channel(let channel):
      waitLinks.append(slot, to: &channels[channel, default: SlotQueue()])
    case .anyChild, .time, .outside:
      break  // Found through the parent, the timer, and the coroutine itself.
    }
    let timer = deadline.map { timers.arm(slot, at: $0) }
    self[slot].state = .waiting(
      Wait(reason: reason, call: call, since: now, deadline: deadline, timer: timer)
    )
  }

  /// Undoes a block: the one way out of every wait queue; the task is then in none.
  mutating func release(_ slot: Slot) -> Wait {
    guard let wait = self[slot].wait else {
      preconditionFailure("task \(self[slot].tid) was woken and does not wait")
    }
    switch wait.reason {
    case .task(let target):
      if case .live(let targetSlot)? = directory[target] {
        waitLinks.remove(slot, from: &tasks[Int(targetSlot.index)].waiters)
      }
    case .channel(let channel):
      waitLinks.remove(slot, from: &channels[channel, default: SlotQueue()])
      if channels[channel]?.isEmpty == true { channels[channel] = nil }
    case .anyChild, .time, .outside:
      break
    }
    self[slot].state = .running
    if wait.timer != nil {
      let tasks = tasks
      timers.noteDisarmed { Self.isArmed($0, $1, in: tasks) }
    }
    return wait
  }

  /// Who has waited longest on a channel.
  func firstWaiter(on channel: WaitChannel) -> Slot? {
    channels[channel]?.head
  }

  /// The slots that wait on a channel, in the order in which they began.
  func waiters(on channel: WaitChannel) -> [Slot] {
    channels[channel].map { waitLinks.slots(of: $0) } ?? []
  }

  // MARK: Time

  /// When the next timer is due; nil when none is armed.
  mutating func nextDeadline() -> Tick? {
    earliestTimer()?.deadline
  }

  /// The slot of the next task whose deadline has come; it stands in its wait queue until released.
  mutating func nextExpired() -> Slot? {
    guard let (slot, deadline) = earliestTimer(), deadline <= now else { return nil }
    return slot
  }

  var armedTimers: Int { timers.armedCount }

  private mutating func earliestTimer() -> (slot: Slot, deadline: Tick)? {
    guard timers.armedCount > 0 else { return nil }
    let tasks = tasks
    return timers.earliest { Self.isArmed($0, $1, in: tasks) }
  }

  private static func isArmed(
    _ slot: Slot,
    _ timer: TimerQueue.Number,
    in tasks: ContiguousArray<TaskControlBlock>
  ) -> Bool {
    tasks[Int(slot.index)].wait?.timer == timer
  }
}
