/// The policy in force: round robin as the value that it is, any other in a box.
///
/// Round robin is the default, and what it costs is a good part of what a step costs: called without
/// the detour through a box, it is half of that.
struct InstalledPolicy {
  let isRoundRobin: Bool
  /// What the policy wants to be told beside which tasks are ready.
  let interests: PolicyInterests
  private var roundRobin = RoundRobin()
  private var other: any SchedulingPolicy = RoundRobin()

  init(_ policy: any SchedulingPolicy) {
    interests = policy.interests
    if let policy = policy as? RoundRobin {
      isRoundRobin = true
      roundRobin = policy
    } else {
      isRoundRobin = false
      other = policy
    }
  }

  /// A copy of the policy, to be asked what changes nothing.
  var current: any SchedulingPolicy { isRoundRobin ? roundRobin : other }

  /// The same, which knows what tick it is and how far the turn in progress has come.
  func current(at now: Tick, _ cpu: CPU) -> any SchedulingPolicy {
    var copy = self
    copy.tellTime(now, cpu)
    return copy.current
  }

  /// Whether somebody outside must pick a task, which round robin never needs.
  var isUndecided: Bool { other.isUndecided }

  @inline(__always)
  mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    if isRoundRobin { roundRobin.enqueue(task, at: now) } else { other.enqueue(task, at: now) }
  }

  mutating func remove(_ task: TaskHandle) {
    if isRoundRobin { roundRobin.remove(task) } else { other.remove(task) }
  }

  @inline(__always)
  mutating func next(at now: Tick) -> Choice? {
    isRoundRobin ? roundRobin.next(at: now) : other.next(at: now)
  }

  // MARK: For policies that want to know: round robin does not, and the one in the box then has nobody

  /// Tells the policy what tick it is and how far the turn in progress has come, if it wants to know.
  mutating func tellTime(_ now: Tick, _ cpu: CPU) {
    if interests.contains(.time) { other.advance(to: now, turn: cpu.turn(at: now)) }
  }

  mutating func seed(_ seed: UInt64) {
    other.seed(seed)
  }

  mutating func identify(_ task: TaskHandle, as id: TaskID) {
    other.identify(task, as: id)
  }

  mutating func admit(_ task: TaskHandle, _ parameters: SchedulingParameters, ran: Tick) {
    other.admit(task, parameters, ran: ran)
  }

  mutating func forget(_ task: TaskHandle) {
    other.forget(task)
  }

  mutating func pick(_ task: TaskHandle) -> Bool {
    other.pick(task)
  }

  mutating func endTurn(of task: TaskHandle, after ticks: Tick, _ end: TurnEnd) {
    other.endTurn(of: task, after: ticks, end)
  }

  mutating func beginTick(_ now: Tick) {
    other.beginTick(now)
  }

  func preempts(_ running: TaskHandle, after ticks: Tick) -> Bool {
    other.preempts(running, after: ticks)
  }
}
