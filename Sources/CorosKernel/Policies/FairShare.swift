/// Each task gets a share of the CPU by its nice value; of those not ahead of their share, the one due first runs.
///
/// A task's virtual time grows with each tick of CPU by one over its weight; the machine's virtual time is the weighted
/// average of all that are ready or running. A task that is not ahead of it is eligible. Each task requests a slice
/// at a time, and its virtual deadline is where the rest of the slice would bring it; of those eligible the earliest
/// deadline goes first, and among equal ones the one that was queued first. It keeps the CPU to the end of its slice.
///
/// A running turn counts as it runs: the average moves with each tick of it, for those who join or leave meanwhile.
/// What a task was owed, or owed to others, when it went to wait is kept until it is back, up to two slices. A change
/// of its nice value prices only what comes after it: the ticks it has had count at the old weight, what it is owed
/// stays as many ticks, and so does what is left of its slice.
///
/// Times that are equal are treated as equal: see `VirtualTime`. Every operation is O(log n).
///
/// Sources: Stoica and Abdel-Wahab, "Earliest Eligible Virtual Deadline First", Old Dominion University TR-95-22, 1995,
/// where a client that changes its weight leaves and joins again with the same lag, in ticks of service; the
/// weights, and the rest of a slice that stays, are those of Linux since 6.6, `kernel/sched/fair.c`.
public struct FairShare: SchedulingPolicy {
  /// How many ticks a task asks for at a time.
  public let slice: Tick

  private struct Member {
    var time = VirtualTime(weight: FairShare.standardWeight)
    /// The ticks left of what it has asked for.
    var left: Tick = 0
    /// While it is away: the CPU that it is owed, in parts of a tick; negative when it owes some.
    var lag: Int128 = 0
    /// Whether it is ready or running.
    var isPresent = false
    var isQueued = false

    /// Its virtual deadline.
    var deadline: VirtualTime { time.advanced(by: left) }
  }

  private var tree = DeadlineTree()
  private var members = SlotTable(standard: Member())
  /// The CPU that those present have had, as far as it is booked, over the sum of their weights.
  ///
  /// When none is present it is that of the last to leave.
  private var total = VirtualTime(weight: FairShare.standardWeight)
  private var presentCount = 0
  /// Where virtual times are counted from, in whole ones.
  private var origin: Int128 = 0

  private var running = Slot.none
  /// How long its turn has lasted, as far as is known, and how many ticks of that are booked.
  private var turnTicks: Tick = 0
  private var bookedTicks: Tick = 0

  /// Makes the policy; a slice below 1 counts as 1, and one beyond a million million as that.
  public init(slice: Tick = 4) {
    self.slice = min(max(1, slice), 1_000_000_000_000)
  }

  /// The name and the slice.
  public var description: String { "fair slice=\(slice)" }

  /// The nice values, the ticks used, and how far the turn in progress has come.
  public var interests: PolicyInterests { [.tasks, .turns, .time] }

  /// The rule, in words.
  public var rule: String {
    "of the tasks that have not had more than their share, the one with the earliest virtual deadline goes first"
  }

  /// Those that are eligible by deadline, then the others by when they will be.
  public var order: [TaskHandle] {
    let slots = tree.slots.map { (slot: $0, start: key(time(of: $0))) }
    let now = key(average)
    let others = slots.filter { $0.start > now }.enumerated().sorted {
      ($0.element.start, $0.offset) < ($1.element.start, $1.offset)
    }
    return (slots.filter { $0.start <= now } + others.map(\.element))
      .map { TaskHandle(slot: $0.slot) }
  }

  /// Notes a task's nice value; what it has had so far counts at its old one.
  public mutating func admit(_ task: TaskHandle, _ parameters: SchedulingParameters, ran: Tick) {
    let slot = task.slot
    let weight = Self.weights[parameters.nice - SchedulingParameters.niceValues.lowerBound]
    guard weight != members[slot].time.weight else { return }
    if slot == running { book() }
    let (old, average) = (members[slot].time, average)
    members[slot].time.weight = weight
    guard members[slot].isPresent else { return }
    // Its lag stays, so the average does: the lag is what the average has of a weight, less what the task has.
    let service = average.service(of: weight) - (average.service(of: old.weight) - old.service)
    members[slot].time.service = service
    total.service += service - old.service
    total.weight += weight - old.weight
    if members[slot].isQueued {
      tree.update(slot, start: key(members[slot].time), deadline: key(members[slot].deadline))
    }
  }

  /// Lets the next task of that index begin with nothing.
  public mutating func forget(_ task: TaskHandle) { members[task.slot] = Member() }

  /// Notes how long the running task's turn has lasted.
  public mutating func advance(to now: Tick, turn ticks: Tick) {
    if running != .none { turnTicks = ticks }
  }

  /// Books a turn, and has the task ask for another slice if it has had this one.
  public mutating func endTurn(of task: TaskHandle, after ticks: Tick, _ end: TurnEnd) {
    let slot = task.slot
    turnTicks = ticks
    book()
    running = .none
    if members[slot].left <= 0 {
      members[slot].left = slice
    } else if end == .yielded {
      // It does without the rest of its slice, and lines up with the next.
      members[slot].left = min(members[slot].left + slice, Self.longestRequest)
    }
    switch end {
    case .expired, .yielded, .preempted: break
    case .blocked, .stopped, .ended: leave(slot)
    }
  }

  /// Takes a task in, with the lag that it had when it left.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    let slot = task.slot
    if !members[slot].isPresent { join(slot) }
    members[slot].isQueued = true
    tree.insert(slot, start: key(members[slot].time), deadline: key(members[slot].deadline))
  }

  /// Takes a task out, and keeps its lag.
  public mutating func remove(_ task: TaskHandle) {
    tree.remove(task.slot)
    members[task.slot].isQueued = false
    leave(task.slot)
  }

  /// Chooses the earliest deadline of those eligible, for what is left of its slice.
  public mutating func next(at now: Tick) -> Choice? {
    guard let slot = tree.first(startedBy: key(average)) else { return nil }
    tree.remove(slot)
    members[slot].isQueued = false
    running = slot
    (turnTicks, bookedTicks) = (0, 0)
    return Choice(TaskHandle(slot: slot), slice: min(members[slot].left, slice))
  }

  /// The virtual deadline, and when it is eligible, in virtual ticks of a nice value of 0.
  public func sortKey(of task: TaskHandle, after ticks: Tick) -> String? {
    let time = time(of: task.slot)
    let deadline = "virtual deadline \(words(members[task.slot].deadline))"
    if key(time) <= key(average) { return deadline }
    return deadline + ", ahead of its share until \(words(time))"
  }

  // MARK: The turn in progress

  private var unbookedTicks: Tick { running == .none ? 0 : turnTicks - bookedTicks }

  /// A task's virtual time, its turn included.
  private func time(of slot: Slot) -> VirtualTime {
    let time = members[slot].time
    return slot == running ? time.advanced(by: unbookedTicks) : time
  }

  /// The machine's virtual time.
  private var average: VirtualTime { total.advanced(by: unbookedTicks) }

  /// Charges the running task for its turn.
  private mutating func book() {
    members[running].time = time(of: running)
    members[running].left -= unbookedTicks
    total = average
    bookedTicks = turnTicks
  }

  // MARK: Joining and leaving

  /// Counts a task among those present, as far behind them, or ahead, as it was; alone it is neither.
  private mutating func join(_ slot: Slot) {
    if total.service > Self.farthest { moveOrigin() }
    let weight = members[slot].time.weight
    var service = average.service(of: weight)
    if presentCount > 0 {
      // Its coming moves the average towards it, so it must come from further off.
      let lag = members[slot].lag
      service -= lag + (lag * weight).dividedAndRounded(by: total.weight)
      total.service += service
      total.weight += weight
    } else {
      total = VirtualTime(service: service, weight: weight)
    }
    presentCount += 1
    members[slot].time.service = service
    members[slot].left = slice
    members[slot].isPresent = true
  }

  private mutating func leave(_ slot: Slot) {
    let time = members[slot].time
    let limit = VirtualTime.parts(2 * slice)
    members[slot].lag = min(max(average.service(of: time.weight) - time.service, -limit), limit)
    members[slot].isPresent = false
    presentCount -= 1
    if presentCount > 0 {
      total.service -= time.service
      total.weight -= time.weight
    } else {
      total = time
    }
  }

  /// Counts virtual times from nearer by, so that their sums stay small; nothing that is compared changes.
  private mutating func moveOrigin() {
    let distance = (total.service / total.weight) >> 64
    guard distance > 0 else { return }
    let present = tree.slots + (running == .none ? [] : [running])
    for slot in present where members[slot].isPresent {
      members[slot].time.service -= (distance * members[slot].time.weight) << 64
    }
    total.service -= (distance * total.weight) << 64
    origin += distance
  }

  private func key(_ time: VirtualTime) -> Int128 {
    time.key + origin * VirtualTime.keyScale
  }

  private func words(_ time: VirtualTime) -> String {
    let scale = Self.standardWeight * 10
    return (time.rounded(toParts: scale) + origin * scale).tenths
  }

  /// How much CPU all have had before the origin is moved: far from where a sum of products ends.
  private static let farthest: Int128 = 1 << 100
  /// What a task that keeps yielding can ask for at the most.
  private static let longestRequest: Tick = 1 << 60

  /// The weight of a nice value of 0.
  private static let standardWeight: Int128 = 1_024

  /// By nice value, from -20: each is about 1.25 times the next.
  private static let weights: [Int128] = [
    88_761, 71_755, 56_483, 46_273, 36_291, 29_154, 23_254, 18_705, 14_949, 11_916,
    9_548, 7_620, 6_100, 4_904, 3_906, 3_121, 2_501, 1_991, 1_586, 1_277,
    1_024, 820, 655, 526, 423, 335, 272, 215, 172, 137,
    110, 87, 70, 56, 45, 36, 29, 23, 18, 15,
  ]
}
