/// The operator picks who runs, tick by tick.
///
/// Without a pick nobody runs, and a run stops with `RunOutcome.undecided(_:)`, which lists the ready
/// tasks as they came. Every operation is O(1).
public struct OperatorsChoice: SchedulingPolicy {
  private var queue = SlotQueue()
  private var links = LinkTable()
  private var picked = Slot.none

  /// Makes the policy.
  public init() {}

  /// The name.
  public var description: String { "manual" }

  /// The rule, in words.
  public var rule: String { "the task that the operator picks goes first" }

  /// As they came, but the one that is picked first.
  public var order: [TaskHandle] {
    let others = links.slots(of: queue).filter { $0 != picked }
    return ((picked == .none ? [] : [picked]) + others).map { TaskHandle(slot: $0) }
  }

  /// Puts a task at the tail.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    links.append(task.slot, to: &queue)
  }

  /// Takes a task out; if it was picked, nobody is.
  public mutating func remove(_ task: TaskHandle) {
    links.remove(task.slot, from: &queue)
    if picked == task.slot { picked = .none }
  }

  /// Takes the one that is picked, for a tick.
  public mutating func next(at now: Tick) -> Choice? {
    guard picked != .none else { return nil }
    let task = TaskHandle(slot: picked)
    remove(task)
    return Choice(task, slice: 1)
  }

  /// Whether tasks are ready and none is picked.
  public var isUndecided: Bool { picked == .none && !queue.isEmpty }

  /// Picks a task, instead of one that may have been picked before.
  public mutating func pick(_ task: TaskHandle) -> Bool {
    picked = task.slot
    return true
  }

  /// Whether it is picked.
  public func sortKey(of task: TaskHandle, after ticks: Tick) -> String? {
    task.slot == picked ? "picked" : "not picked"
  }
}
