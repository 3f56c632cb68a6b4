/// First come, first served: a task keeps the CPU until it waits, yields or ends.
///
/// Every operation is O(1). Source: Arpaci-Dusseau, "Operating Systems: Three Easy Pieces" (OSTEP), 7.3.
public struct FirstInFirstOut: SchedulingPolicy {
  private var queue = TaskQueue()

  /// Makes the policy.
  public init() {}

  /// The name.
  public var description: String { "fifo" }

  /// The rule, in words.
  public var rule: String {
    "the task that has stood longest in the queue goes first, and keeps the CPU until it gives it up"
  }

  /// The queue, head first.
  public var order: [TaskHandle] { queue.tasks }

  /// Puts a task at the tail.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    queue.append(task)
  }

  /// Takes a task out of the queue.
  public mutating func remove(_ task: TaskHandle) {
    queue.remove(task)
  }

  /// Takes the task at the head, for as long as it likes.
  public mutating func next(at now: Tick) -> Choice? {
    queue.popFirst().map { Choice($0, slice: .max) }
  }
}
