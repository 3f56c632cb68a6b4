/// The policy in force.
///
/// Under round robin the kernel keeps the queue itself, as a `ReadyQueue`. Round robin is the default, and
/// choosing is a good part of what a step costs: through a box, as other policies are asked, it takes three
/// times as long.
struct InstalledPolicy {
  let isRoundRobin: Bool
  /// The quantum of round robin.
  let quantum: Tick
  /// What the policy wants to be told beside which tasks are ready.
  let interests: PolicyInterests
  let waiterOrder: WaiterOrder
  private var policy: any SchedulingPolicy

  init(_ policy: any SchedulingPolicy) {
    let roundRobin = policy as? RoundRobin
    isRoundRobin = roundRobin != nil
    quantum = roundRobin?.quantum ?? 1
    interests = policy.interests
    waiterOrder = policy.waiterOrder
    self.policy = policy
  }

  /// Becomes the same as another policy in force.
  mutating func become(_ other: InstalledPolicy) {
    // Round robin knows nothing but its quantum.
    if isRoundRobin, other.isRoundRobin, quantum == other.quantum { return }
    self = other
  }

  /// A copy of the policy, to be asked what changes nothing; round robin holds no tasks.
  var current: any SchedulingPolicy { policy }

  /// The same, which knows what tick it is and how far the turn in progress has come.
  func current(at now: Tick, _ cpu: CPU) -> any SchedulingPolicy {
    var copy = self
    copy.tellTime(now, cpu)
    return copy.current
  }

  /// Whether somebody outside must pick a task, which round robin never needs.
  var isUndecided: Bool { policy.isUndecided }

  // MARK: For other policies than round robin

  mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    policy.enqueue(task, at: now)
  }

  mutating func remove(_ task: TaskHandle) {
    policy.remove(task)
  }

  mutating func next(at now: Tick) -> Choice? { policy.next(at: now) }

  // MARK: For policies that want to know; round robin does not

  /// Tells the policy what tick it is and how far the turn in progress has come, if it wants to know.
  mutating func tellTime(_ now: Tick, _ cpu: CPU) {
    if interests.contains(.time) { policy.advance(to: now, turn: cpu.turn(at: now)) }
  }

  mutating func seed(_ seed: UInt64) {
    policy.seed(seed)
  }

  mutating func identify(_ task: TaskHandle, as id: TaskID) {
    policy.identify(task, as: id)
  }

  mutating func admit(_ task: TaskHandle, _ parameters: SchedulingParameters, ran: Tick) {
    policy.admit(task, parameters, ran: ran)
  }

  mutating func forget(_ task: TaskHandle) {
    policy.forget(task)
  }

  mutating func pick(_ task: TaskHandle) -> Bool {
    policy.pick(task)
  }

  mutating func endTurn(of task: TaskHandle, after ticks: Tick, _ end: TurnEnd) {
    policy.endTurn(of: task, after: ticks, end)
  }

  mutating func beginTick(_ now: Tick) {
    policy.beginTick(now)
  }

  func preempts(_ running: TaskHandle, after ticks: Tick) -> Bool {
    policy.preempts(running, after: ticks)
  }
}
