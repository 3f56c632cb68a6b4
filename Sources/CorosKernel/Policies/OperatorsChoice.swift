/// The operator picks who runs, tick by tick.
///
/// Without a pick nobody runs, and a run stops with `RunOutcome.undecided(_:)`, which lists the ready
/// tasks as they came. Every operation is O(1).
public struct OperatorsChoice: SchedulingPolicy {
  private var queue = TaskQueue()
  private var picked: TaskHandle?

  /// Makes the policy.
  public init() {}

  /// The name.
  public var description: String { "manual" }

  /// The rule, in words.
  public var rule: String { "the task that the operator picks goes first" }

  /// As they came, but the one that is picked first.
  public var order: [TaskHandle] {
    (picked.map { [$0] } ?? []) + queue.tasks.filter { $0 != picked }
  }

  /// Puts a task at the tail.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    queue.append(task)
  }

  /// Takes a task out; if it was picked, nobody is.
  public mutating func remove(_ task: TaskHandle) {
    queue.remove(task)
    if picked == task { picked = nil }
  }

  /// Takes the one that is picked, for a tick.
  public mutating func next(at now: Tick) -> Choice? {
    guard let task = picked else { return nil }
    remove(task)
    return Choice(task, slice: 1)
  }

  /// Whether tasks are ready and none is picked.
  public var isUndecided: Bool { picked == nil && !queue.isEmpty }

  /// Picks a task, instead of one that may have been picked before.
  public mutating func pick(_ task: TaskHandle) -> Bool {
    picked = task
    return true
  }

  /// Whether it is picked.
  public func sortKey(of task: TaskHandle, after ticks: Tick) -> String? {
    task == picked ? "picked" : "not picked"
  }
}
