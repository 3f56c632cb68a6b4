/// The whole state of a machine: its tasks, queues, clock, policy and random numbers.
///
/// The functions here keep the bookkeeping whole; each is a complete move of one task from one state to
/// another. They run no task and tell no observer: that is the `Scheduler`'s part.
final class KernelState {
  @exclusivity(unchecked) var limits: Limits
  @exclusivity(unchecked) private(set) var tasks = TaskTable()
  @exclusivity(unchecked) private(set) var names = NameTable()
  @exclusivity(unchecked) private(set) var directory = TaskDirectory()
  @exclusivity(unchecked) private(set) var ended: EndedTasks
  @exclusivity(unchecked) private(set) var lastTID: TaskID = .operator
  @exclusivity(unchecked) private(set) var liveCount = 0
  @exclusivity(unchecked) private(set) var endedCount = 0

  @exclusivity(unchecked) var policy: any SchedulingPolicy
  // Whose slice it is, `none` between slices, and how much of it is left.
  @exclusivity(unchecked) private var holderSlot = Slot.none
  @exclusivity(unchecked) private var holderTicks: Tick = 0

  @exclusivity(unchecked) private(set) var waitLinks = LinkTable()
  @exclusivity(unchecked) private(set) var channels: [WaitChannel: SlotQueue] = [:]
  @exclusivity(unchecked) private var timers = TimerQueue()

  @exclusivity(unchecked) var now: Tick = 0
  @exclusivity(unchecked) var idleTicks: Tick = 0
  @exclusivity(unchecked) var switches = 0
  /// The task that had the CPU last; the operator stands for nobody yet.
  @exclusivity(unchecked) var lastDispatched = TaskID.operator
  @exclusivity(unchecked) var random: RandomSource
  @exclusivity(unchecked) private(set) var seed: UInt64

  /// A state of its own, the same in everything.
  init(copying other: KernelState) {
    limits = other.limits
    tasks = TaskTable()
    ended = other.ended
    policy = other.policy
    random = other.random
    seed = other.seed
    become(other)
  }

  /// Becomes a copy of another state.
  func become(_ other: KernelState) {
    limits = other.limits
    tasks = other.tasks.copy()
    names = other.names
    directory = other.directory
    ended = other.ended
    lastTID = other.lastTID
    liveCount = other.liveCount
    endedCount = other.endedCount
    policy = other.policy
    holderSlot = other.holderSlot
    holderTicks = other.holderTicks
    waitLinks = other.waitLinks
    channels = other.channels
    timers = other.timers
    now = other.now
    idleTicks = other.idleTicks
    switches = other.switches
    lastDispatched = other.lastDispatched
    random = other.random
    seed = other.seed
  }

  init(policy: any SchedulingPolicy, seed: UInt64, limits: Limits) {
    self.limits = limits
    self.policy = policy
    self.seed = seed
    random = RandomSource(seed: seed)
    ended = EndedTasks(limit: limits.keptStatuses)
    _ = tasks.insert(
      TaskControlBlock(
        tid: .operator,
        name: names.use("operator"),
        parent: .operator,
        coroutine: nil,
        now: 0
      )
    )
    directory[.operator] = .live(.operator)
  }

  func reseed(_ seed: UInt64) {
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
    TaskHandle(slot: slot)
  }

  @inline(__always)
  subscript(slot: Slot) -> TaskControlBlock {
    _read { yield tasks[slot] }
    _modify { yield &tasks[slot] }
  }

  /// What a live task is called.
  func name(of slot: Slot) -> String {
    names[self[slot].name]
  }

  // MARK: Birth and death

  /// Drops every coroutine; each ends itself as it goes.
  func dropCoroutines() {
    tasks.dropCoroutines()
  }

  /// Adds a task that is ready, and not yet in the policy's hands.
  func addTask(
    name: String,
    parent: TaskID,
    coroutine: any Coroutine,
    at arrival: Tick
  ) -> Slot {
    lastTID = TaskID(rawValue: lastTID.rawValue + 1)
    let slot = tasks.insert(
      TaskControlBlock(
        tid: lastTID,
        name: names.use(name),
        parent: parent,
        coroutine: coroutine,
        now: arrival
      )
    )
    directory[lastTID] = .live(slot)
    liveCount += 1
    if case .live(let parentSlot)? = directory[parent] { self[parentSlot].liveChildren += 1 }
    return slot
  }

  /// Takes out a task that stands in no queue, and keeps its status.
  ///
  /// - Returns: those who waited for it, in the order in which they began; they still wait.
  func removeTask(_ slot: Slot, status: ExitStatus, at end: Tick) -> [Slot] {
    let (tid, parent) = (self[slot].tid, self[slot].parent)
    let waiters = waitLinks.slots(of: self[slot].waiters)
    if let evicted = ended.evicted { forget(evicted) }
    let record = ended.append(
      EndedTask(
        tid: tid,
        name: name(of: slot),
        parent: parent,
        status: status,
        accounting: self[slot].accounting(end: end)
      )
    )
    directory[tid] = record.map { .ended(record: $0) }
    endedCount += 1
    liveCount -= 1
    if case .live(let parent)? = directory[parent] {
      self[parent].liveChildren -= 1
      if let record { appendEndedChild(record, to: parent) }
    }
    names.release(self[slot].name)
    tasks.remove(slot)
    return waiters
  }

  /// Forgets the oldest ended task.
  ///
  /// If its parent's list has it, it is the first there: lists, too, are in the order of the ends.
  private func forget(_ record: Int) {
    let task = ended[record]
    directory[task.tid] = nil
    if case .live(let parent)? = directory[task.parent], self[parent].endedChildren.first == record
    {
      popEndedChild(of: parent)
      popCollectedChildren(of: parent)
    }
  }

  // MARK: Children that have ended

  private func appendEndedChild(_ record: Int, to parent: Slot) {
    if let last = self[parent].endedChildren.last {
      ended[last].nextSibling = record
    } else {
      self[parent].endedChildren.first = record
    }
    self[parent].endedChildren.last = record
  }

  private func popEndedChild(of parent: Slot) {
    guard let first = self[parent].endedChildren.first else { return }
    let next = ended[first].nextSibling
    self[parent].endedChildren.first = next
    if next == nil { self[parent].endedChildren.last = nil }
  }

  /// Keeps the first of a parent's list one that the parent has not been told of.
  private func popCollectedChildren(of parent: Slot) {
    while let first = self[parent].endedChildren.first, ended[first].isCollected {
      popEndedChild(of: parent)
    }
  }

  /// Marks an ended child as told to its parent, if it is one.
  func collect(_ child: TaskID, by parent: Slot) {
    guard case .ended(let record)? = directory[child], ended[record].parent == self[parent].tid
    else { return }
    ended[record].isCollected = true
    popCollectedChildren(of: parent)
  }

  /// Takes the child that ended first among those the parent has not been told of.
  func collectFirst(by parent: Slot) -> EndedChild? {
    guard let record = self[parent].endedChildren.first else { return nil }
    let child = EndedChild(tid: ended[record].tid, status: ended[record].status)
    collect(child.tid, by: parent)
    return child
  }

  // MARK: Ready

  /// Hands a task that is in no queue to the policy, unless it is stopped.
  func makeReady(_ slot: Slot, at now: Tick) {
    dropHold(of: slot)
    self[slot].becomeReady()
    guard slot != .operator, !self[slot].isStopped else { return }
    self[slot].enterQueue(at: now)
    policy.enqueue(handle(slot))
  }

  /// Takes a ready task out of the policy's hands, or the CPU from it; it is then in no queue.
  func withdraw(_ slot: Slot, at now: Tick) {
    dropHold(of: slot)
    if self[slot].isQueued {
      self[slot].leaveQueue(at: now)
      policy.remove(handle(slot))
    }
  }

  /// The task that keeps the CPU from one step to the next, and for how many more ticks.
  var holder: (slot: Slot, ticksLeft: Tick)? {
    get { holderSlot == .none ? nil : (holderSlot, holderTicks) }
    set { (holderSlot, holderTicks) = newValue ?? (.none, 0) }
  }

  /// Hands the ready tasks over to another policy, the one that keeps the CPU first.
  func use(_ newPolicy: any SchedulingPolicy) {
    var newPolicy = newPolicy
    if let holder {
      dropHold(of: holder.slot)
      self[holder.slot].enterQueue(at: now)
      newPolicy.enqueue(handle(holder.slot))
    }
    for task in policy.order { newPolicy.enqueue(task) }
    policy = newPolicy
  }

  /// Takes the CPU from a task that keeps it between steps, if it does.
  func dropHold(of slot: Slot) {
    if holderSlot == slot { holderSlot = .none }
  }

  /// Uses up a tick of the slice of the task that has the CPU.
  ///
  /// - Returns: whether it keeps the CPU; if not, it is in no queue.
  func continueSlice(of slot: Slot) -> Bool {
    guard holderSlot == slot, holderTicks > 1, !self[slot].isStopped else {
      dropHold(of: slot)
      return false
    }
    holderTicks -= 1
    self[slot].becomeReady()
    return true
  }

  /// Notes that a task has the CPU for a tick from now on.
  func beginDispatch(_ slot: Slot) -> TaskID {
    self[slot].beginDispatch(at: now)
    let tid = self[slot].tid
    if lastDispatched != tid {
      if lastDispatched != .operator { switches += 1 }
      lastDispatched = tid
    }
    return tid
  }

  /// The task to run next: the one that keeps the CPU, or the policy's choice.
  func takeNext() -> Slot? {
    if holderSlot != .none { return holderSlot }
    guard let choice = policy.next() else { return nil }
    holderSlot = choice.task.slot
    holderTicks = choice.slice
    self[holderSlot].leaveQueue(at: now)
    return holderSlot
  }

  // MARK: Waiting

  /// Puts a task that is in no queue into the wait queue of its reason, and arms its timer.
  func block(
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
      waitLinks.append(slot, to: &tasks[targetSlot].waiters)
    case .channel(let channel):
      waitLinks.append(slot, to: &channels[channel, default: SlotQueue()])
    case .anyChild, .time, .outside:
      break  // Found through the parent, the timer, and the coroutine itself.
    }
    let timer = deadline.map { timers.arm(slot, at: $0) }
    self[slot].beginWaiting(
      Wait(reason: reason, call: call, since: now, deadline: deadline, timer: timer)
    )
  }

  /// Undoes a block: the one way out of every wait queue; the task is then in none.
  func release(_ slot: Slot) -> Wait {
    guard let wait = self[slot].endWaiting() else {
      preconditionFailure("task \(self[slot].tid) was woken and does not wait")
    }
    switch wait.reason {
    case .task(let target):
      if case .live(let targetSlot)? = directory[target] {
        waitLinks.remove(slot, from: &tasks[targetSlot].waiters)
      }
    case .channel(let channel):
      waitLinks.remove(slot, from: &channels[channel, default: SlotQueue()])
      if channels[channel]?.isEmpty == true { channels[channel] = nil }
    case .anyChild, .time, .outside:
      break
    }
    if wait.timer != nil { timers.noteDisarmed(isArmed: isArmed) }
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
  func nextDeadline() -> Tick? {
    earliestTimer()?.deadline
  }

  /// The same for those who only look: whatever is stale stays where it is.
  var nextDeadlineAtAGlance: Tick? {
    var timers = timers
    return timers.armedCount > 0 ? timers.earliest(isArmed: isArmed)?.deadline : nil
  }

  /// The slot of the next task whose deadline has come; it stands in its wait queue until released.
  func nextExpired() -> Slot? {
    guard let (slot, deadline) = earliestTimer(), deadline <= now else { return nil }
    return slot
  }

  var armedTimers: Int { timers.armedCount }

  private func earliestTimer() -> (slot: Slot, deadline: Tick)? {
    guard timers.armedCount > 0 else { return nil }
    return timers.earliest(isArmed: isArmed)
  }

  /// Whether a task still holds a timer's number; a question to the table, not to the queue of timers.
  private var isArmed: (Slot, TimerQueue.Number) -> Bool {
    { [tasks] slot, timer in tasks[slot].wait?.timer == timer }
  }
}
