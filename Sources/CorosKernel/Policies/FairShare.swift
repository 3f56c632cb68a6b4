/// Everybody gets a share by their nice value, and of those not ahead of it the one due first runs.
///
/// A task's virtual time grows with each tick of CPU by one over its weight; the machine's virtual time
/// is the weighted average of all that are ready or running. A task that is not ahead of it is eligible.
/// Each asks for a slice at a time, and its virtual deadline is where the slice would bring it; of those
/// eligible the earliest deadline goes first, and keeps the CPU to the end of its slice. What a task was
/// owed, or owed to others, when it went to wait is kept until it is back, up to two slices.
///
/// It reckons in whole numbers, so shares are exact to less than a tick in a million. Every operation is
/// O(log n).
///
/// Sources: Stoica and Abdel-Wahab, "Earliest Eligible Virtual Deadline First", Old Dominion University
/// TR-95-22, 1995; the weights, and how lag is kept, are those of Linux since 6.6, `kernel/sched/fair.c`.
public struct FairShare: SchedulingPolicy {
  /// How many ticks a task asks for at a time.
  public let slice: Tick

  private struct Member {
    var weight: Int128 = 1_024
    var time: Int128 = 0
    var deadline: Int128 = 0
    /// While it waits: how far it was behind the machine's virtual time.
    var lag: Int128 = 0
    /// Whether it is ready or running.
    var isPresent = false
    var isQueued = false

    /// By how much a tick moves its virtual time.
    var step: Int128 { FairShare.one / weight }
  }

  /// A tick, for a weight of 1: so large that what division cuts off does not matter.
  private static let one: Int128 = 1 << 40

  private var tree = DeadlineTree()
  private var members = SlotTable(standard: Member())
  /// The sum of the weights of those present, and of each weight times its virtual time.
  private var weight: Int128 = 0
  private var moment: Int128 = 0
  /// The machine's virtual time when the last one left.
  private var lastTime: Int128 = 0

  /// Makes the policy; a slice below 1 counts as 1, and one beyond a million million as that.
  public init(slice: Tick = 4) {
    self.slice = min(max(1, slice), 1_000_000_000_000)
  }

  /// The name and the slice.
  public var description: String { "fair slice=\(slice)" }

  /// The nice values, and the ticks used.
  public var interests: PolicyInterests { [.tasks, .turns] }

  /// The rule, in words.
  public var rule: String {
    "of those that have not had more than their share, the one of the earliest virtual deadline goes first"
  }

  /// Those that are eligible by deadline, then the others by when they will be.
  public var order: [TaskHandle] {
    let slots = tree.slots
    let others = slots.filter { !isEligible(members[$0].time) }.enumerated().sorted {
      (members[$0.element].time, $0.offset) < (members[$1.element].time, $1.offset)
    }
    return (slots.filter { isEligible(members[$0].time) } + others.map(\.element))
      .map { TaskHandle(slot: $0) }
  }

  /// Notes a task's nice value; a change takes effect at once, and what is owed stays owed.
  public mutating func admit(_ task: TaskHandle, _ parameters: SchedulingParameters, ran: Tick) {
    let slot = task.slot
    let weight = Self.weights[parameters.nice - SchedulingParameters.niceValues.lowerBound]
    guard weight != members[slot].weight else { return }
    let (isPresent, isQueued) = (members[slot].isPresent, members[slot].isQueued)
    if isQueued { tree.remove(slot) }
    if isPresent { leave(slot) }
    members[slot].weight = weight
    if isPresent { join(slot) }
    if isQueued { insert(slot) }
  }

  /// Lets the next task of that index begin with nothing.
  public mutating func forget(_ task: TaskHandle) { members[task.slot] = Member() }

  /// Moves a task's virtual time by what it used.
  public mutating func endTurn(of task: TaskHandle, after ticks: Tick, _ end: TurnEnd) {
    let slot = task.slot
    let progress = members[slot].step * Int128(ticks)
    members[slot].time += progress
    moment += progress * members[slot].weight
    let request = members[slot].step * Int128(slice)
    if members[slot].time >= members[slot].deadline {
      members[slot].deadline = members[slot].time + request
    } else if end == .yielded {
      // It does without the rest of its slice, and lines up with the next.
      members[slot].deadline += request
    }
    switch end {
    case .expired, .yielded, .preempted: break
    case .blocked, .stopped, .ended: leave(slot)
    }
  }

  /// Takes a task in, with the lag that it had when it left.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    if !members[task.slot].isPresent { join(task.slot) }
    insert(task.slot)
  }

  /// Takes a task out, and keeps its lag.
  public mutating func remove(_ task: TaskHandle) {
    tree.remove(task.slot)
    members[task.slot].isQueued = false
    leave(task.slot)
  }

  /// Chooses the earliest deadline of those eligible, for what is left of its slice.
  public mutating func next() -> Choice? {
    guard let slot = tree.first(where: isEligible) else { return nil }
    tree.remove(slot)
    members[slot].isQueued = false
    let left = members[slot].deadline - members[slot].time
    let ticks = (left + members[slot].step - 1) / members[slot].step
    return Choice(TaskHandle(slot: slot), slice: Tick(clamping: ticks))
  }

  /// The virtual deadline, and when it is eligible, in virtual ticks of a nice value of 0.
  public func merit(of task: TaskHandle, after ticks: Tick) -> String? {
    var member = members[task.slot]
    member.time += member.step * Int128(ticks)
    let deadline = "virtual deadline \(Self.words(member.deadline))"
    if isEligible(member.time) { return deadline }
    return deadline + ", ahead of its share until \(Self.words(member.time))"
  }

  /// Whether a virtual time is not after the machine's, which is a fraction: so both sides are multiplied.
  private func isEligible(_ time: Int128) -> Bool {
    time * weight <= moment
  }

  private mutating func insert(_ slot: Slot) {
    members[slot].isQueued = true
    tree.insert(slot, start: members[slot].time, deadline: members[slot].deadline)
  }

  /// Counts a task among those present, as far behind them, or ahead, as it was.
  private mutating func join(_ slot: Slot) {
    var member = members[slot]
    var time = lastTime
    if weight > 0 {
      // Its coming moves the average towards it, so it must come from further off.
      time = moment / weight
      member.lag = member.lag * (weight + member.weight) / weight
    }
    member.time = time - member.lag
    member.deadline = member.time + member.step * Int128(slice)
    member.isPresent = true
    weight += member.weight
    moment += member.weight * member.time
    members[slot] = member
  }

  private mutating func leave(_ slot: Slot) {
    var member = members[slot]
    let time = moment / weight
    let limit = 2 * member.step * Int128(slice)
    member.lag = min(max(time - member.time, -limit), limit)
    member.isPresent = false
    weight -= member.weight
    moment -= member.weight * member.time
    if weight == 0 { lastTime = member.time }
    members[slot] = member
  }

  private static func words(_ time: Int128) -> String {
    let tenths = time * 1_024 * 10 / one
    return "\(tenths / 10).\(abs(tenths % 10))"
  }

  /// By nice value, from -20: each is about 1.25 times the next.
  private static let weights: [Int128] = [
    88_761, 71_755, 56_483, 46_273, 36_291, 29_154, 23_254, 18_705, 14_949, 11_916,
    9_548, 7_620, 6_100, 4_904, 3_906, 3_121, 2_501, 1_991, 1_586, 1_277,
    1_024, 820, 655, 526, 423, 335, 272, 215, 172, 137,
    110, 87, 70, 56, 45, 36, 29, 23, 18, 15,
  ]
}
