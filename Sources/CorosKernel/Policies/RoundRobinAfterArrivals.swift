/// Round robin in which a task whose turn is over is queued behind those that arrive at that moment.
///
/// Textbooks differ: `RoundRobin` queues it first, as simulators do; some tables and answer keys are made the other
/// way. Whatever becomes ready in the same tick counts as arriving, also what wakes. Every operation is O(1).
///
/// Source: Stallings, "Operating Systems: Internals and Design Principles", table 9.5.
public struct RoundRobinAfterArrivals: SchedulingPolicy {
  /// How many ticks a task keeps the CPU.
  public let quantum: Tick

  private var queue = SlotQueue()
  private var links = LinkTable()
  /// The task that had the CPU last and could go on, and whether it is ready again, from which tick on.
  private var last = Slot.none
  private var lastSince: Tick?

  /// Makes the policy; a quantum below 1 counts as 1.
  public init(quantum: Tick = 1) {
    self.quantum = max(1, quantum)
  }

  /// The name and the settings.
  public var description: String { "rr quantum=\(quantum) ties=arrivals" }

  /// How turns end.
  public var interests: PolicyInterests { .turns }

  /// The rule, in words.
  public var rule: String {
    "the task that has stood longest in the queue goes first; an arrival is queued before a turn that ends then"
  }

  /// The queue, and behind it the task that had the CPU last if it is not queued yet.
  public var order: [TaskHandle] {
    (links.slots(of: queue) + (lastSince == nil ? [] : [last])).map { TaskHandle(slot: $0) }
  }

  /// Notes which task had the CPU last, if it can go on.
  public mutating func endTurn(of task: TaskHandle, after ticks: Tick, _ end: TurnEnd) {
    switch end {
    case .expired, .yielded, .preempted: last = task.slot
    case .blocked, .stopped, .ended: last = .none
    }
  }

  /// Puts a task at the tail; the one that had the CPU last only when this tick's arrivals are there.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    if task.slot == last, lastSince == nil {
      lastSince = now
    } else {
      if let lastSince, lastSince < now { queueLast() }
      links.append(task.slot, to: &queue)
    }
  }

  /// Takes a task out.
  public mutating func remove(_ task: TaskHandle) {
    if task.slot == last, lastSince != nil {
      (last, lastSince) = (.none, nil)
    } else {
      links.remove(task.slot, from: &queue)
    }
  }

  /// Takes the task at the head, for one quantum.
  public mutating func next(at now: Tick) -> Choice? {
    queueLast()
    return links.popFirst(from: &queue).map { Choice(TaskHandle(slot: $0), slice: quantum) }
  }

  private mutating func queueLast() {
    if lastSince != nil { links.append(last, to: &queue) }
    (last, lastSince) = (.none, nil)
  }
}
