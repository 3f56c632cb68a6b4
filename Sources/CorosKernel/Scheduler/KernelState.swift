/// The whole state of a machine: its tasks, queues, clock, policy and random numbers.
///
/// The functions here keep the bookkeeping whole; each is a complete move of one task from one state to
/// another. They run no task and tell no observer: that is the `Scheduler`'s part.
final class KernelState {
  @exclusivity(unchecked) var limits: Limits
  @exclusivity(unchecked) var tasks = TaskTable()
  @exclusivity(unchecked) var names = NameTable()
  @exclusivity(unchecked) var directory = TaskDirectory()
  @exclusivity(unchecked) var ended: EndedTasks
  @exclusivity(unchecked) var lastTID: TaskID = .operator
  @exclusivity(unchecked) var liveCount = 0
  @exclusivity(unchecked) var endedCount = 0

  @exclusivity(unchecked) var policy: InstalledPolicy
  /// What the policy wants to be told beside who is ready.
  @exclusivity(unchecked) var watched: PolicyInterests = []
  // Whose slice it is, `none` between slices, and how much of it is left.
  @exclusivity(unchecked) var holderSlot = Slot.none
  @exclusivity(unchecked) var holderTicks: Tick = 0
  /// When the slice began.
  @exclusivity(unchecked) var turnStart: Tick = 0
  /// Whether the slice is not the policy's choice but the operator's: the policy is told nothing of it.
  @exclusivity(unchecked) var isOutOfTurn = false

  @exclusivity(unchecked) var waitLinks = LinkTable()
  @exclusivity(unchecked) var channels: [WaitChannel: ChannelQueue] = [:]
  @exclusivity(unchecked) var timers = TimerQueue()
  /// The number of the wait that began last.
  @exclusivity(unchecked) var lastWait = 0
  @exclusivity(unchecked) var devices = DeviceUse()

  @exclusivity(unchecked) var now: Tick = 0
  @exclusivity(unchecked) var idleTicks: Tick = 0
  @exclusivity(unchecked) var switches = 0
  @exclusivity(unchecked) var preemptions = 0
  /// When a task last lost the CPU that it could have used: at the end of its slice, or to a better one.
  @exclusivity(unchecked) var takenAt: Tick = -1
  /// The task that had the CPU last; the operator stands for nobody yet.
  @exclusivity(unchecked) var lastDispatched = TaskID.operator
  @exclusivity(unchecked) var random: RandomSource
  @exclusivity(unchecked) var seed: UInt64

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
    watched = other.watched
    holderSlot = other.holderSlot
    holderTicks = other.holderTicks
    turnStart = other.turnStart
    isOutOfTurn = other.isOutOfTurn
    waitLinks = other.waitLinks
    channels = other.channels
    timers = other.timers
    lastWait = other.lastWait
    devices = other.devices
    now = other.now
    idleTicks = other.idleTicks
    switches = other.switches
    preemptions = other.preemptions
    takenAt = other.takenAt
    lastDispatched = other.lastDispatched
    random = other.random
    seed = other.seed
  }

  init(policy: any SchedulingPolicy, seed: UInt64, limits: Limits) {
    self.limits = limits
    self.policy = InstalledPolicy(policy)
    self.seed = seed
    random = RandomSource(seed: seed)
    ended = EndedTasks(limit: limits.keptStatuses)
    _ = tasks.insert(
      TaskControlBlock(
        tid: .operator,
        name: names.use("operator"),
        parent: .operator,
        coroutine: NoCoroutine(),
        arrival: 0
      )
    )
    directory[.operator] = .live(.operator)
    install(policy)
  }

  func reseed(_ seed: UInt64) {
    self.seed = seed
    random = RandomSource(seed: seed)
    policy.seed(RandomSource.policySeed(of: seed))
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
    var result: [TaskID] = []
    result.reserveCapacity(liveCount)
    var last = TaskID.operator
    while let (tid, entry) = directory.first(after: last) {
      last = tid
      if case .live = entry { result.append(tid) }
    }
    return result
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

  /// The block in a slot, changed in place: see `TaskTable`, which checks the slot.
  @inline(__always)
  subscript(slot: Slot) -> TaskControlBlock {
    @inline(__always) unsafeAddress { UnsafePointer(tasks.address(of: slot)) }
    @inline(__always) unsafeMutableAddress { tasks.address(of: slot) }
  }

  /// What a live task is called.
  func name(of slot: Slot) -> String {
    names[self[slot].name]
  }
}
