/// Round robin in which a task whose turn is over is queued behind those that arrive at that moment.
///
/// Textbooks differ: `RoundRobin` queues it first, as simulators do; some tables and answer keys are made the other
/// way. Whatever becomes ready in the same tick counts as arriving, also what wakes. Every operation is O(1).
///
/// Source: Stallings, "Operating Systems: Internals and Design Principles", table 9.5.
public struct RoundRobinAfterArrivals: SchedulingPolicy {
  /// How many ticks a task keeps the CPU.
  public let quantum: Tick

  private var queue = TaskQueue()
  /// The task that had the CPU last and could go on, and whether it is ready again, from which tick on.
  private var last: TaskHandle?
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
    if lastSince != nil, let last { queue.tasks + [last] } else { queue.tasks }
  }

  /// Notes which task had the CPU last, if it can go on.
  public mutating func endTurn(of task: TaskHandle, after ticks: Tick, _ end: TurnEnd) {
    switch end {
    case .expired, .yielded, .preempted: last = task
    case .blocked, .stopped, .ended: last = nil
    }
  }

  /// Puts a task at the tail; the one that had the CPU last only when this tick's arrivals are there.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    if task == last, lastSince == nil {
      lastSince = now
    } else {
      if let lastSince, lastSince < now { queueLast() }
      queue.append(task)
    }
  }

  /// Takes a task out.
  public mutating func remove(_ task: TaskHandle) {
    if task == last, lastSince != nil {
      (last, lastSince) = (nil, nil)
    } else {
      queue.remove(task)
    }
  }

  /// Takes the task at the head, for one quantum.
  public mutating func next(at now: Tick) -> Choice? {
    queueLast()
    return queue.popFirst().map { Choice($0, slice: quantum) }
  }

  private mutating func queueLast() {
    if lastSince != nil, let last { queue.append(last) }
    (last, lastSince) = (nil, nil)
  }
}
