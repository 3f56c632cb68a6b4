/// The task of the shortest declared length runs next, until it waits, yields or ends.
///
/// It goes by the whole length, not by what is left of it; among equals the one that became ready first
/// goes first, and those of unknown length go last. Every operation is O(log n). Source: OSTEP, 7.4.
public struct ShortestJobFirst: SchedulingPolicy {
  private var heap = SlotHeap<Rank>()
  private var lengths = SlotTable<Tick>(standard: .max)
  private var arrivals = 0

  /// Makes the policy.
  public init() {}

  /// The name.
  public var description: String { "sjf" }

  /// The lengths.
  public var interests: PolicyInterests { .tasks }

  /// The rule, in words.
  public var rule: String { "the task with the shortest length goes first" }

  /// By length.
  public var order: [TaskHandle] { heap.sorted.map { TaskHandle(slot: $0) } }

  /// Notes a task's length.
  public mutating func admit(_ task: TaskHandle, _ parameters: SchedulingParameters, ran: Tick) {
    lengths[task.slot] = parameters.length ?? .max
    if let rank = heap.key(of: task.slot) {
      heap.update(task.slot, Rank(value: lengths[task.slot], arrival: rank.arrival))
    }
  }

  /// Puts a task behind those that are not longer.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    arrivals += 1
    heap.insert(task.slot, Rank(value: lengths[task.slot], arrival: arrivals))
  }

  /// Takes a task out.
  public mutating func remove(_ task: TaskHandle) { heap.remove(task.slot) }

  /// Takes the shortest, for as long as it likes.
  public mutating func next(at now: Tick) -> Choice? {
    heap.popFirst().map { Choice(TaskHandle(slot: $0), slice: .max) }
  }

  /// The length.
  public func sortKey(of task: TaskHandle, after ticks: Tick) -> String? {
    let length = lengths[task.slot]
    return length == .max ? "unknown length" : "length \(length)"
  }
}
