/// The task of the highest priority has the CPU; waiting raises a priority, if there is aging.
///
/// With aging N a ready task gains one step of priority for every N ticks that it waits, and is back at
/// its own once it has run. The steps of two that wait grow alike, so their order never changes and
/// is known when they begin: by the priority times N less the tick of becoming ready. Among equals the one
/// that became ready first goes first, and the running one goes on. Every operation is O(log n).
///
/// Source: Silberschatz, Galvin and Gagne, "Operating System Concepts", 10th edition, 5.3.4.
public struct HighestPriorityFirst: SchedulingPolicy {
  /// Whether a task loses the CPU to one of higher priority.
  public let isPreemptive: Bool
  /// The ticks of waiting that raise a priority by one; 0 when none do.
  public let aging: Tick
  /// Whether a task that holds a lock has at least the priority of those that wait for it.
  public let isLending: Bool

  private struct Member {
    var priority = 0
    /// The tick at which it became ready.
    var since: Tick = 0
    /// When it became ready, as a number; kept when the CPU is taken from it.
    var arrival = 0
    var isPreempted = false
    /// Whether it lost the CPU before it ran, while the CPU was switched to it.
    var stillWaits = false
  }

  private var heap = SlotHeap<Rank>()
  private var members = SlotTable(standard: Member())
  private var arrivals = 0
  private var now: Tick = 0

  /// Makes the policy; an aging beyond a thousand million ticks counts as that.
  public init(isPreemptive: Bool = true, aging: Tick = 0, isLending: Bool = false) {
    self.isPreemptive = isPreemptive
    self.isLending = isLending
    self.aging = min(max(0, aging), 1_000_000_000)
  }

  /// The name and the settings; that of donation where it is not the default.
  public var description: String {
    "priority preemptive=\(isPreemptive ? "yes" : "no") aging=\(aging)"
      + (isLending ? " donation=yes" : "")
  }

  /// The priorities; to take the CPU away, turns and ticks; and with aging the time.
  public var interests: PolicyInterests {
    let interests: PolicyInterests = isPreemptive ? [.tasks, .turns, .ticks] : .tasks
    return aging > 0 ? interests.union(.time) : interests
  }

  /// By priority, lent or not.
  public var waiterOrder: WaiterOrder { isLending ? .lentPriority : .priority }

  /// The rule, in words.
  public var rule: String {
    aging == 0
      ? "the task with the highest priority goes first"
      : "the task with the highest priority goes first, and every \(aging) ticks of waiting raise it by one"
  }

  /// By priority.
  public var order: [TaskHandle] { heap.sorted.map { TaskHandle(slot: $0) } }

  /// Notes a task's priority.
  public mutating func admit(_ task: TaskHandle, _ parameters: SchedulingParameters, ran: Tick) {
    members[task.slot].priority = parameters.priority
    if heap.key(of: task.slot) != nil { heap.update(task.slot, rank(of: task.slot)) }
  }

  /// Notes whether a task lost the CPU against its will.
  public mutating func endTurn(of task: TaskHandle, after ticks: Tick, _ end: TurnEnd) {
    members[task.slot].isPreempted = end == .preempted
    members[task.slot].stillWaits = end == .preempted && ticks == 0
  }

  /// Puts a task behind those of its priority; one that was preempted keeps its place there.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    if !members[task.slot].stillWaits { members[task.slot].since = now }
    if !members[task.slot].isPreempted {
      arrivals += 1
      members[task.slot].arrival = arrivals
    }
    members[task.slot].isPreempted = false
    members[task.slot].stillWaits = false
    heap.insert(task.slot, rank(of: task.slot))
  }

  /// Takes a task out.
  public mutating func remove(_ task: TaskHandle) { heap.remove(task.slot) }

  /// Takes the one of the highest priority.
  public mutating func next(at now: Tick) -> Choice? {
    heap.popFirst().map { Choice(TaskHandle(slot: $0), slice: .max) }
  }

  /// Notes the time.
  public mutating func advance(to now: Tick, turn ticks: Tick) { self.now = now }

  /// Whether one of a priority at least one step higher is ready.
  public func preempts(_ running: TaskHandle, after ticks: Tick) -> Bool {
    guard let first = heap.first else { return false }
    let priority = members[running.slot].priority
    if aging == 0 { return -first.key.value > priority }
    // One that has not run yet has grown as the others have: else tasks could take the CPU from each other for
    // ever while it is switched.
    if ticks == 0 { return rank(of: running.slot).value - first.key.value >= aging }
    return now - first.key.value >= (priority + 1) * aging
  }

  /// The priority as it counts, and how much of it is for waiting.
  public func sortKey(of task: TaskHandle, after ticks: Tick) -> String? {
    let member = members[task.slot]
    guard aging > 0, heap.key(of: task.slot) != nil, now - member.since >= aging else {
      return "priority \(member.priority)"
    }
    let gained = (now - member.since) / aging
    return "priority \(member.priority + gained), \(gained) of it for waiting"
  }

  /// Lets the next task of that index begin with nothing.
  public mutating func forget(_ task: TaskHandle) { members[task.slot] = Member() }

  /// The smaller, the higher what the priority has grown to, at any tick.
  private func rank(of slot: Slot) -> Rank {
    let member = members[slot]
    let value = aging == 0 ? -member.priority : member.since - member.priority * aging
    return Rank(value: value, arrival: member.arrival)
  }
}
