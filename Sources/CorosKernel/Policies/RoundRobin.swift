/// Each ready task in turn, for a fixed number of ticks.
///
/// With a quantum of 1, the default, any trap sends a task to the tail of the queue, as in the ancestor.
/// Every operation is O(1).
public struct RoundRobin: SchedulingPolicy {
  /// How many ticks a task keeps the CPU; `Tick.max` when there is no end.
  public let quantum: Tick
  private var queue = TaskQueue()

  /// Makes the policy; a quantum below 1 counts as 1.
  public init(quantum: Tick = 1) {
    self.quantum = max(1, quantum)
  }

  /// The name and the quantum.
  public var description: String { "rr quantum=\(quantum)" }

  /// The queue, head first.
  public var order: [TaskHandle] { queue.tasks }

  /// The rule, in words.
  public var rule: String { "the task that has stood longest in the queue goes first" }

  /// Puts a task at the tail.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    queue.append(task)
  }

  /// Takes a task out of the queue.
  public mutating func remove(_ task: TaskHandle) {
    queue.remove(task)
  }

  /// Takes the task at the head, for one quantum.
  public mutating func next(at now: Tick) -> Choice? {
    queue.popFirst().map { Choice($0, slice: quantum) }
  }
}
