/// The task that is furthest behind its share runs for a quantum.
///
/// Each task has a pass, which grows with each tick of CPU by its stride: a large number divided by the task's tickets.
/// The smallest pass goes first, so shares are as in a lottery, without its luck; among equals the one that
/// was queued first goes first. A task that comes, or comes back, starts no further back than the one furthest behind:
/// time spent away earns nothing.
///
/// A running turn counts as it runs, for those who come meanwhile too. A change of tickets prices only what
/// comes after it: the pass stays, and grows by the new stride from the next tick on. Passes that are equal are
/// treated as equal: see `VirtualTime`. Every operation is O(log n).
///
/// Source: Waldspurger and Weihl, "Stride Scheduling: Deterministic Proportional-Share Resource Management",
/// MIT/LCS/TM-528, 1995, in the simple form of OSTEP, 9.6: there a pass that is ahead or behind is also scaled when
/// tickets change; here it is not, so a task never pays twice for what it has had.
public struct Stride: SchedulingPolicy {
  /// How many ticks a task keeps the CPU.
  public let quantum: Tick

  private struct Member {
    /// The pass, its weight the tickets.
    var pass = VirtualTime(weight: 100)
    /// Whether it is ready or running.
    var isPresent = false
  }

  private struct Key: Comparable {
    let pass: Int128
    let arrival: Int

    static func < (left: Key, right: Key) -> Bool {
      left.pass != right.pass ? left.pass < right.pass : left.arrival < right.arrival
    }
  }

  private var heap = SlotHeap<Key>()
  private var members = SlotTable(standard: Member())
  private var arrivals = 0
  private var running = Slot.none
  /// How long its turn has lasted, as far as is known, and how many ticks of that are booked.
  private var turnTicks: Tick = 0
  private var bookedTicks: Tick = 0
  /// The pass of the last task that left when no other was present.
  private var lastPass = VirtualTime(weight: 100)

  /// Makes the policy; a quantum below 1 counts as 1.
  public init(quantum: Tick = 1) {
    self.quantum = max(1, quantum)
  }

  /// The name and the quantum.
  public var description: String { "stride quantum=\(quantum)" }

  /// The tickets, the ticks used, and how far the turn in progress has come.
  public var interests: PolicyInterests { [.tasks, .turns, .time] }

  /// The rule, in words.
  public var rule: String { "the task with the lowest pass goes first" }

  /// By pass.
  public var order: [TaskHandle] { heap.sorted.map { TaskHandle(slot: $0) } }

  /// Notes how many tickets a task has; its pass stays as it is.
  public mutating func admit(_ task: TaskHandle, _ parameters: SchedulingParameters, ran: Tick) {
    let tickets = Int128(parameters.tickets)
    guard tickets != members[task.slot].pass.weight else { return }
    if task.slot == running { book() }
    let pass = members[task.slot].pass
    members[task.slot].pass = VirtualTime(service: pass.service(of: tickets), weight: tickets)
  }

  /// Notes how long the running task's turn has lasted.
  public mutating func advance(to now: Tick, turn ticks: Tick) {
    if running != .none { turnTicks = ticks }
  }

  /// Books a turn.
  public mutating func endTurn(of task: TaskHandle, after ticks: Tick, _ end: TurnEnd) {
    turnTicks = ticks
    book()
    running = .none
    switch end {
    case .expired, .yielded, .preempted: break
    case .blocked, .stopped, .ended: leave(task.slot)
    }
  }

  /// Puts a task at its pass, or at the front if it has been away for long.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    if !members[task.slot].isPresent { join(task.slot) }
    arrivals += 1
    heap.insert(task.slot, Key(pass: members[task.slot].pass.key, arrival: arrivals))
  }

  /// Takes a task out.
  public mutating func remove(_ task: TaskHandle) {
    heap.remove(task.slot)
    leave(task.slot)
  }

  /// Takes the task with the smallest pass.
  public mutating func next(at now: Tick) -> Choice? {
    guard let slot = heap.popFirst() else { return nil }
    running = slot
    (turnTicks, bookedTicks) = (0, 0)
    return Choice(TaskHandle(slot: slot), slice: quantum)
  }

  /// Lets the next task of that index begin with nothing.
  public mutating func forget(_ task: TaskHandle) { members[task.slot] = Member() }

  /// The pass, as it is with 10,000 for the large number.
  public func sortKey(of task: TaskHandle, after ticks: Tick) -> String? {
    "pass \(pass(of: task.slot).rounded(toParts: 10_000))"
  }

  // MARK: The turn in progress

  /// A task's pass, its turn included.
  private func pass(of slot: Slot) -> VirtualTime {
    let pass = members[slot].pass
    return slot == running ? pass.advanced(by: turnTicks - bookedTicks) : pass
  }

  /// Charges the running task for its turn.
  private mutating func book() {
    members[running].pass = pass(of: running)
    bookedTicks = turnTicks
  }

  // MARK: Joining and leaving

  private mutating func join(_ slot: Slot) {
    let front = front
    if members[slot].pass.key < front.key {
      members[slot].pass.service = front.service(of: members[slot].pass.weight)
    }
    members[slot].isPresent = true
  }

  private mutating func leave(_ slot: Slot) {
    members[slot].isPresent = false
    if heap.isEmpty, running == .none { lastPass = members[slot].pass }
  }

  /// The smallest pass of those present, or where it was last.
  private var front: VirtualTime {
    let present = [running, heap.first?.slot ?? .none].filter { $0 != .none }
    return present.map { pass(of: $0) }.min { $0.key < $1.key } ?? lastPass
  }
}
