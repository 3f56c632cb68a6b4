/// First come, first served: a task keeps the CPU until it waits, yields or ends.
///
/// Every operation is O(1). Source: Arpaci-Dusseau, "Operating Systems: Three Easy Pieces" (OSTEP), 7.3.
public struct FirstInFirstOut: SchedulingPolicy {
  private var queue = SlotQueue()
  private var links = LinkTable()

  /// Makes the policy.
  public init() {}

  /// The name.
  public var description: String { "fifo" }

  /// The rule, in words.
  public var rule: String {
    "the task that has stood longest in the queue goes first, and keeps the CPU until it gives it up"
  }

  /// The queue, head first.
  public var order: [TaskHandle] { links.slots(of: queue).map { TaskHandle(slot: $0) } }

  /// Puts a task at the tail.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    links.append(task.slot, to: &queue)
  }

  /// Takes a task out of the queue.
  public mutating func remove(_ task: TaskHandle) {
    links.remove(task.slot, from: &queue)
  }

  /// Takes the task at the head, for as long as it likes.
  public mutating func next(at now: Tick) -> Choice? {
    links.popFirst(from: &queue).map { Choice(TaskHandle(slot: $0), slice: .max) }
  }
}
