public import CorosKernel

/// A test says who runs in each tick.
///
/// ```swift
/// try simulate(under: ScriptedPolicy([1, 2, 2, 3])) { os in
///   try await work(os)
/// }
/// ```
///
/// A run stops as undecided where the script names a task that cannot run.
public struct ScriptedPolicy: SchedulingPolicy {
  private let choose: (Tick, [TaskID]) -> TaskID?
  private var queue = [TaskHandle]()
  private var ids: [TaskHandle: TaskID] = [:]
  private var isStuck = false

  /// Makes a policy that asks a function.
  ///
  /// - Parameter choose: gets the tick and the ready tasks, those that have been ready longest first, and returns
  ///   one of them; nil stops the run. It must return the same for the same.
  public init(choosing choose: @escaping (_ tick: Tick, _ ready: [TaskID]) -> TaskID?) {
    self.choose = choose
  }

  /// Makes a policy for the ticks of a script; behind its end the task that has been ready longest runs.
  ///
  /// - Parameter tasks: the task of each tick, from tick 0 on.
  public init(_ tasks: [TaskID]) {
    self.init { tick, ready in tick < tasks.count ? tasks[tick] : ready.first }
  }

  /// The name.
  public var description: String { "scripted" }

  /// The rule, in words.
  public var rule: String { "the task that the script names goes first, for one tick" }

  /// Which tasks there are.
  public var interests: PolicyInterests { .tasks }

  /// As they came.
  public var order: [TaskHandle] { queue }

  /// Whether the script names a task that cannot run.
  public var isUndecided: Bool { isStuck && !queue.isEmpty }

  /// Notes a task's id.
  public mutating func identify(_ task: TaskHandle, as id: TaskID) { ids[task] = id }

  /// Puts a task at the tail.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) { queue.append(task) }

  /// Takes a task out, in O(n).
  public mutating func remove(_ task: TaskHandle) { queue.removeAll { $0 == task } }

  /// Takes the task of the tick; O(n).
  public mutating func next(at now: Tick) -> Choice? {
    let ready = queue.compactMap { ids[$0] }
    guard !ready.isEmpty else { return nil }
    let chosen = choose(now, ready)
    guard let task = queue.first(where: { ids[$0] == chosen }) else {
      isStuck = true
      return nil
    }
    isStuck = false
    remove(task)
    return Choice(task, slice: 1)
  }
}
