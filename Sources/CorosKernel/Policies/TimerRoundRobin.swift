/// Round robin by the machine's timer: at each of its interrupts the next task in the queue has the CPU.
///
/// The timer belongs to the machine and not to a turn: it interrupts every so many ticks of the clock, and a task
/// whose predecessor ended or began to wait has what is left of the interval. Only a task that yields restarts it.
/// Under `RoundRobin` each turn has a quantum of its own instead. Every operation is O(1).
///
/// Source: OSTEP's `x86.py`, but for one thing: there a thread that halts just as the timer interrupts costs its
/// successor the turn as well.
public struct TimerRoundRobin: SchedulingPolicy {
  /// How many ticks lie between two interrupts.
  public let interval: Tick

  private var queue = TaskQueue()
  /// When the timer was started last.
  private var start: Tick = 0
  /// When the turn in progress began.
  private var turnStart: Tick = 0

  /// Makes the policy; an interval below 1 counts as 1.
  public init(interval: Tick) {
    self.interval = max(1, interval)
  }

  /// The name and the interval.
  public var description: String { "timer every=\(interval)" }

  /// How turns end.
  public var interests: PolicyInterests { .turns }

  /// The rule, in words.
  public var rule: String {
    "the task that has stood longest in the queue goes first, until the next timer interrupt"
  }

  /// The queue, head first.
  public var order: [TaskHandle] { queue.tasks }

  /// Restarts the timer if the task yields.
  public mutating func endTurn(of task: TaskHandle, after ticks: Tick, _ end: TurnEnd) {
    if end == .yielded { start = turnStart + ticks }
  }

  /// Puts a task at the tail.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    queue.append(task)
  }

  /// Takes a task out of the queue.
  public mutating func remove(_ task: TaskHandle) {
    queue.remove(task)
  }

  /// Takes the task at the head, until the next interrupt.
  public mutating func next(at now: Tick) -> Choice? {
    guard let task = queue.popFirst() else { return nil }
    turnStart = now
    return Choice(task, slice: interval - (now - start) % interval)
  }
}
