/// The policy in force: round robin as the value that it is, any other in a box.
///
/// Round robin is the default, and what it costs is a good part of what a step costs: called without
/// the detour through a box, it is half of that.
struct InstalledPolicy {
  private(set) var isRoundRobin: Bool
  private var roundRobin = RoundRobin()
  private var other: any SchedulingPolicy = RoundRobin()

  init(_ policy: any SchedulingPolicy) {
    isRoundRobin = false
    other = policy
    settle()
  }

  /// The policy itself, for all that is not done at each step.
  var current: any SchedulingPolicy {
    get { isRoundRobin ? roundRobin : other }
    _modify {
      if isRoundRobin { other = roundRobin }
      yield &other
      settle()
    }
  }

  @inline(__always)
  mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    if isRoundRobin { roundRobin.enqueue(task, at: now) } else { other.enqueue(task, at: now) }
  }

  mutating func remove(_ task: TaskHandle) {
    if isRoundRobin { roundRobin.remove(task) } else { other.remove(task) }
  }

  @inline(__always)
  mutating func next() -> Choice? {
    isRoundRobin ? roundRobin.next() : other.next()
  }

  // MARK: For policies that want to know; round robin does not

  mutating func endTurn(of task: TaskHandle, after ticks: Tick, _ end: TurnEnd) {
    other.endTurn(of: task, after: ticks, end)
  }

  mutating func beginTick(_ now: Tick) {
    other.beginTick(now)
  }

  func preempts(_ running: TaskHandle, after ticks: Tick) -> Bool {
    other.preempts(running, after: ticks)
  }

  private mutating func settle() {
    guard let policy = other as? RoundRobin else { return isRoundRobin = false }
    isRoundRobin = true
    roundRobin = policy
    other = RoundRobin()
  }
}
