/// A ticket is drawn, and the ready task that holds it runs for a quantum.
///
/// In the long run each task gets a share of the CPU in proportion to its tickets. Every operation is
/// O(log n). Source: Waldspurger and Weihl, "Lottery Scheduling: Flexible Proportional-Share Resource
/// Management", OSDI 1994.
public struct Lottery: SchedulingPolicy {
  /// How many ticks a task keeps the CPU.
  public let quantum: Tick

  private var tree = WeightTree()
  private var tickets = SlotTable<Int>(standard: 100)
  private var random = RandomSource(seed: 0)
  /// Draws to use before random ones, last first.
  private var draws: [Int]

  /// Makes the policy.
  ///
  /// - Parameters:
  ///   - quantum: how many ticks a task keeps the CPU; below 1 counts as 1.
  ///   - draws: numbers to use for the first draws, instead of random ones; each counts modulo the
  ///     number of tickets in the draw.
  public init(quantum: Tick = 1, draws: [Int] = []) {
    self.quantum = max(1, quantum)
    self.draws = draws.reversed().map { abs($0) }
  }

  /// The name and the quantum.
  public var description: String { "lottery quantum=\(quantum)" }

  /// The tickets.
  public var interests: PolicyInterests { .tasks }

  /// The rule, in words.
  public var rule: String { "a ticket is drawn, and the task that holds it goes first" }

  /// In the order of the draws to come, each without those who have won, in O(n log n).
  public var order: [TaskHandle] {
    var future = self
    var winners: [TaskHandle] = []
    while let choice = future.next(at: 0) { winners.append(choice.task) }
    return winners
  }

  /// Begins the draws.
  public mutating func seed(_ seed: UInt64) { random = RandomSource(seed: seed) }

  /// Notes how many tickets a task has.
  public mutating func admit(_ task: TaskHandle, _ parameters: SchedulingParameters, ran: Tick) {
    tickets[task.slot] = parameters.tickets
    if tree[task.slot] > 0 { tree[task.slot] = parameters.tickets }
  }

  /// Puts a task's tickets into the draw.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    tree[task.slot] = tickets[task.slot]
  }

  /// Takes a task's tickets out of the draw.
  public mutating func remove(_ task: TaskHandle) { tree[task.slot] = 0 }

  /// Draws a ticket.
  public mutating func next(at now: Tick) -> Choice? {
    guard tree.total > 0 else { return nil }
    let draw = draws.popLast().map { $0 % tree.total } ?? random.next(below: tree.total)
    let winner = tree.slot(holding: draw)
    tree[winner] = 0
    return Choice(TaskHandle(slot: winner), slice: quantum)
  }

  /// The tickets, of all those in the draw.
  public func sortKey(of task: TaskHandle, after ticks: Tick) -> String? {
    let mine = tickets[task.slot]
    return tree[task.slot] > 0 ? "\(mine) of \(tree.total) tickets" : "\(mine) tickets"
  }
}
