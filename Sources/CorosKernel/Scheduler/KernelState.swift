/// The whole state of a machine: its tasks, queues, clock, policy and random numbers.
///
/// The functions here keep the bookkeeping consistent; each moves one task from one state to another. They run
/// no task and tell no observer: that is the `Scheduler`'s part.
///
/// No property has a default value, so a property that `copy` forgets does not compile.
struct KernelState: ~Copyable {
  var limits: Limits
  var tasks: TaskTable
  var registry: TaskRegistry
  var policy: InstalledPolicy
  /// The tasks that are ready and not running, under round robin; any other policy keeps them itself.
  var ready: ReadyQueue
  var cpu: CPU
  var waits: WaitQueues
  var objects: ObjectTable
  /// How many live tasks are in a cancelled scope.
  var cancelledTasks: Int
  var now: Tick
  var idleTicks: Tick
  var hardware: Hardware
  /// Whether something is to be done as each tick begins: for the policy, or because switches cost time.
  var watchesTicks: Bool
  var random: RandomSource

  /// A state of its own, the same in everything; O(n).
  func copy() -> KernelState {
    KernelState(
      limits: limits,
      tasks: tasks.copy(),
      registry: registry,
      policy: policy,
      ready: ready,
      cpu: cpu,
      waits: waits,
      objects: objects,
      cancelledTasks: cancelledTasks,
      now: now,
      idleTicks: idleTicks,
      hardware: hardware,
      watchesTicks: watchesTicks,
      random: random
    )
  }

  /// Becomes the same as another state in everything, in the memory that it has; O(n).
  ///
  /// It must name each property; `SavedMachineTests` finds one that it forgets.
  mutating func become(_ other: borrowing KernelState) {
    limits = other.limits
    tasks.become(other.tasks)
    registry.become(other.registry)
    policy.become(other.policy)
    ready = other.ready
    cpu = other.cpu
    waits.become(other.waits)
    objects.become(other.objects)
    cancelledTasks = other.cancelledTasks
    now = other.now
    idleTicks = other.idleTicks
    hardware = other.hardware
    watchesTicks = other.watchesTicks
    random = other.random
  }

  /// The block in a slot, changed in place: see `TaskTable`, which checks the slot.
  @inline(__always)
  subscript(slot: Slot) -> TaskControlBlock {
    @inline(__always) unsafeAddress { UnsafePointer(tasks.address(of: slot)) }
    @inline(__always) nonmutating unsafeMutableAddress { tasks.address(of: slot) }
  }
}

extension KernelState {
  /// The state of a machine with no task but the operator, at tick 0.
  init(policy: any SchedulingPolicy, seed: UInt64, limits: Limits) {
    self.init(
      limits: limits,
      tasks: TaskTable(),
      registry: TaskRegistry(keptStatuses: limits.keptStatuses),
      policy: InstalledPolicy(policy),
      ready: ReadyQueue(),
      cpu: CPU(),
      waits: WaitQueues(),
      objects: ObjectTable(),
      cancelledTasks: 0,
      now: 0,
      idleTicks: 0,
      hardware: Hardware(),
      watchesTicks: false,
      random: RandomSource(seed: seed)
    )
    let slot = tasks.insert(
      TaskControlBlock(
        tid: .operator,
        name: registry.names.use("operator"),
        parent: .operator,
        coroutine: NoCoroutine(),
        arrival: 0
      )
    )
    registry.directory[.operator] = .live(slot)
    install(policy)
  }

  mutating func reseed(_ seed: UInt64) {
    random = RandomSource(seed: seed)
    policy.seed(RandomSource.policySeed(of: seed))
  }

  /// The slot of a live task, not the operator's.
  func slot(of tid: TaskID) -> Slot? { registry.slot(of: tid) }

  /// The slot of a live task or of the operator.
  func liveSlot(of tid: TaskID) -> Slot? {
    tid == .operator ? .operator : slot(of: tid)
  }

  /// What a task waits for; nil when it does not wait.
  func reason(of tid: TaskID) -> WaitReason? {
    slot(of: tid).flatMap { self[$0].wait }.map { named($0.reason) }
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

  /// What a live task is called.
  func name(of slot: Slot) -> String {
    registry.names[self[slot].name]
  }
}
