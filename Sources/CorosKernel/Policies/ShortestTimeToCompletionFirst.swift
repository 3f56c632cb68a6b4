/// The task that has the least left to run has the CPU, and loses it to one that comes with less.
///
/// What is left is the declared length less the ticks run. Among equals the one that became ready first
/// goes first, and the running one goes on; those of unknown length go last, and so do those that have
/// run longer than they said. Every operation is O(log n). Source: OSTEP, 7.5.
public struct ShortestTimeToCompletionFirst: SchedulingPolicy {
  private struct Job {
    /// `Tick.max` when it is unknown.
    var length = Tick.max
    /// The ticks run, those of the present turn not counted.
    var ran: Tick = 0
    /// When it became ready, as a number; kept when the CPU is taken from it.
    var arrival = 0
    var isPreempted = false

    /// What is left when it has run so many ticks more.
    func left(after ticks: Tick) -> Tick {
      length == .max || ran + ticks >= length ? .max : length - ran - ticks
    }
  }

  private var heap = SlotHeap<Rank>()
  private var jobs = SlotTable(standard: Job())
  private var arrivals = 0

  /// Makes the policy.
  public init() {}

  /// The name.
  public var description: String { "stcf" }

  /// The lengths, the ticks run, and a look at each tick.
  public var interests: PolicyInterests { [.tasks, .turns, .ticks] }

  /// The rule, in words.
  public var rule: String { "the task with the least time left to run goes first" }

  /// By what is left.
  public var order: [TaskHandle] { heap.sorted.map { TaskHandle(slot: $0) } }

  /// Notes a task's length and how much of it has run.
  public mutating func admit(_ task: TaskHandle, _ parameters: SchedulingParameters, ran: Tick) {
    jobs[task.slot].length = parameters.length ?? .max
    jobs[task.slot].ran = ran
    if heap.key(of: task.slot) != nil { heap.update(task.slot, rank(of: task.slot)) }
  }

  /// Counts the ticks of a turn.
  public mutating func endTurn(of task: TaskHandle, after ticks: Tick, _ end: TurnEnd) {
    jobs[task.slot].ran += ticks
    jobs[task.slot].isPreempted = end == .preempted
  }

  /// Puts a task behind those that have not more left; one that was preempted keeps its place there.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    if !jobs[task.slot].isPreempted {
      arrivals += 1
      jobs[task.slot].arrival = arrivals
    }
    jobs[task.slot].isPreempted = false
    heap.insert(task.slot, rank(of: task.slot))
  }

  /// Takes a task out.
  public mutating func remove(_ task: TaskHandle) { heap.remove(task.slot) }

  /// Takes the one with the least left, until one with less comes.
  public mutating func next(at now: Tick) -> Choice? {
    heap.popFirst().map { Choice(TaskHandle(slot: $0), slice: .max) }
  }

  /// Whether one with less left is ready.
  public func preempts(_ running: TaskHandle, after ticks: Tick) -> Bool {
    guard let first = heap.first else { return false }
    return first.key.value < jobs[running.slot].left(after: ticks)
  }

  /// What is left.
  public func sortKey(of task: TaskHandle, after ticks: Tick) -> String? {
    let job = jobs[task.slot]
    if job.length == .max { return "unknown length" }
    let left = job.left(after: ticks)
    return left == .max ? "longer than the \(job.length) it said" : "\(left) left of \(job.length)"
  }

  /// Lets the next task of that index begin with nothing.
  public mutating func forget(_ task: TaskHandle) { jobs[task.slot] = Job() }

  private func rank(of slot: Slot) -> Rank {
    Rank(value: jobs[slot].left(after: 0), arrival: jobs[slot].arrival)
  }
}
