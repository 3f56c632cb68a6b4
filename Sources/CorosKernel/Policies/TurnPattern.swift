/// Tasks run in a pattern of turns that is given, over and over, a tick each.
///
/// An entry whose task cannot run, since it waits, is stopped, has ended or is not there yet, is skipped. A task that
/// the pattern does not name runs only when none that it names can; of those the one that has been ready longest
/// goes first. A choice is O(n) in the length of the pattern, all else is O(1).
///
/// Source: the option `-P` of OSTEP's `x86.py`, where the pattern must name every thread.
public struct TurnPattern: SchedulingPolicy {
  /// The tasks in the order of their turns.
  public let tasks: [TaskID]

  private var ids = SlotTable(standard: TaskID.operator)
  /// Those of the pattern that are ready.
  private var ready: [TaskID: TaskHandle] = [:]
  private let named: Set<TaskID>
  /// The others that are ready.
  private var queue = TaskQueue()
  /// The place of the next turn.
  private var place = 0

  /// Makes the policy; a pattern without tasks names none.
  public init(_ tasks: [TaskID]) {
    self.tasks = tasks
    named = Set(tasks)
  }

  /// The name and the pattern.
  public var description: String {
    "pattern order=\(tasks.map(\.description).joined(separator: "/"))"
  }

  /// Which tasks there are.
  public var interests: PolicyInterests { .tasks }

  /// The rule, in words.
  public var rule: String { "the next task in the pattern that can run goes first, for one tick" }

  /// The tasks of the pattern from its next turn on, then the others.
  public var order: [TaskHandle] {
    var seen: Set<TaskID> = []
    let turns = (tasks[place...] + tasks[..<place]).filter { seen.insert($0).inserted }
    return turns.compactMap { ready[$0] } + queue.tasks
  }

  /// Notes a task's id.
  public mutating func identify(_ task: TaskHandle, as id: TaskID) { ids[task.slot] = id }

  /// Takes a task in.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    let id = ids[task.slot]
    if named.contains(id) {
      ready[id] = task
    } else {
      queue.append(task)
    }
  }

  /// Takes a task out.
  public mutating func remove(_ task: TaskHandle) {
    let id = ids[task.slot]
    if named.contains(id) {
      ready[id] = nil
    } else {
      queue.remove(task)
    }
  }

  /// Takes the task of the next turn that is ready, for a tick.
  public mutating func next(at now: Tick) -> Choice? {
    for offset in tasks.indices {
      let turn = (place + offset) % tasks.count
      guard let task = ready.removeValue(forKey: tasks[turn]) else { continue }
      place = (turn + 1) % tasks.count
      return Choice(task, slice: 1)
    }
    return queue.popFirst().map { Choice($0, slice: 1) }
  }

  /// Whether it is one that the pattern does not name.
  public func sortKey(of task: TaskHandle, after ticks: Tick) -> String? {
    named.contains(ids[task.slot]) ? nil : "not in the pattern"
  }
}
