/// The task that is furthest behind its share runs for a quantum.
///
/// Each task has a pass, which grows by its stride with each tick of CPU; a stride is a large number
/// divided by the task's tickets, and the smallest pass goes first. So shares are as in a lottery, without
/// its luck. A task that comes, or comes back, starts no further back than the one furthest behind: time
/// spent away earns nothing. Among equals the one that became ready first goes first. Every operation is
/// O(log n).
///
/// Source: Waldspurger and Weihl, "Stride Scheduling: Deterministic Proportional-Share Resource
/// Management", MIT/LCS/TM-528, 1995.
public struct Stride: SchedulingPolicy {
  /// How many ticks a task keeps the CPU.
  public let quantum: Tick

  private struct Member {
    var tickets = 100
    var pass: Int128 = 0

    /// By how much a tick moves its pass.
    var stride: Int128 { Stride.one / Int128(tickets) }
  }

  private struct Key: Comparable {
    let pass: Int128
    let arrival: Int

    static func < (left: Key, right: Key) -> Bool {
      left.pass != right.pass ? left.pass < right.pass : left.arrival < right.arrival
    }
  }

  /// The large number: so large that what division cuts off never adds up to a tick, and a multiple of
  /// every number to 40, and of a million, so that among such tickets nothing is cut off at all.
  private static let one: Int128 = 5_342_931_457_063_200 * 1_250

  private var heap = SlotHeap<Key>()
  private var members = SlotTable(standard: Member())
  private var arrivals = 0
  /// The smallest pass there was when the last turn began: no ready or running task is behind it.
  private var front: Int128 = 0

  /// Makes the policy; a quantum below 1 counts as 1.
  public init(quantum: Tick = 1) {
    self.quantum = max(1, quantum)
  }

  /// The name and the quantum.
  public var description: String { "stride quantum=\(quantum)" }

  /// The tickets, and the ticks used.
  public var interests: PolicyInterests { [.tasks, .turns] }

  /// The rule, in words.
  public var rule: String { "the one of the lowest pass goes first" }

  /// By pass.
  public var order: [TaskHandle] { heap.sorted.map { TaskHandle(slot: $0) } }

  /// Notes how many tickets a task has; a change counts from the end of its turn.
  public mutating func admit(_ task: TaskHandle, _ parameters: SchedulingParameters, ran: Tick) {
    members[task.slot].tickets = parameters.tickets
  }

  /// Advances a task's pass by what it used.
  public mutating func endTurn(of task: TaskHandle, after ticks: Tick, _ end: TurnEnd) {
    members[task.slot].pass += members[task.slot].stride * Int128(ticks)
  }

  /// Puts a task at its pass, or at the front if it has been away for long.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    arrivals += 1
    let pass = max(members[task.slot].pass, front)
    members[task.slot].pass = pass
    heap.insert(task.slot, Key(pass: pass, arrival: arrivals))
  }

  /// Takes a task out.
  public mutating func remove(_ task: TaskHandle) { heap.remove(task.slot) }

  /// Takes the task with the smallest pass.
  public mutating func next() -> Choice? {
    guard let first = heap.first else { return nil }
    front = first.key.pass
    heap.remove(first.slot)
    return Choice(TaskHandle(slot: first.slot), slice: quantum)
  }

  /// Lets the next task of that index begin with nothing.
  public mutating func forget(_ task: TaskHandle) { members[task.slot] = Member() }

  /// The pass, as it is with 10,000 for the large number.
  public func merit(of task: TaskHandle, after ticks: Tick) -> String? {
    let member = members[task.slot]
    let pass = member.pass + member.stride * Int128(ticks)
    return "pass \(pass * 10_000 / Self.one)"
  }
}
