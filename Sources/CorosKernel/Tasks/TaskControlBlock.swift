/// All that the kernel knows of one live task.
struct TaskControlBlock {
  // Identity: set when the task is created.
  let tid: TaskID
  let name: String
  let parent: TaskID

  // The coroutine, and what it is resumed with next; nil while it is being resumed, and for the operator.
  var coroutine: (any Coroutine)?
  var resumption = Resumption.start

  // Scheduling: changed by `KernelState` only.
  var state = State.ready
  /// Set by `StopTask`; a stopped task that is ready stands in no queue.
  var isStopped = false
  /// Set when the task is killed while the kernel is handling its call; it ends when that is done.
  var isDoomed = false

  // Those who wait for this task, and its children.
  var waiters = SlotQueue()
  var liveChildren = 0
  var endedChildren = EndedChildren()

  // Accounting, in ticks.
  var accounting: Accounting

  enum State {
    /// In the policy's hands, or holding the CPU between two steps, unless stopped.
    case ready
    /// Being resumed, or having its trap handled.
    case running
    /// Standing in one wait queue, with the ticket that takes it out.
    case waiting(Wait)
  }

  init(tid: TaskID, name: String, parent: TaskID, coroutine: (any Coroutine)?, now: Tick) {
    self.tid = tid
    self.name = name
    self.parent = parent
    self.coroutine = coroutine
    accounting = Accounting(arrival: now)
  }

  var wait: Wait? {
    if case .waiting(let wait) = state { wait } else { nil }
  }

  var isReady: Bool {
    if case .ready = state { true } else { false }
  }
}

/// Where a task's ticks went: the textbook's quantities, kept as they arise.
public struct Accounting: Hashable, Sendable {
  /// When the task was created.
  public internal(set) var arrival: Tick
  /// When it was first dispatched; nil if it never was.
  public internal(set) var firstRun: Tick?
  /// When it ended; nil while it lives.
  public internal(set) var end: Tick?
  /// How many dispatches it has had: its ticks of CPU.
  public internal(set) var dispatches = 0
  /// The ticks it has spent ready and not running, up to when it last left that state.
  var waited: Tick = 0
  /// Since when it is ready and not running; nil while it is not.
  var readySince: Tick?

  init(arrival: Tick) {
    self.arrival = arrival
  }

  /// From arrival to the first dispatch; nil if there was none.
  public var response: Tick? { firstRun.map { $0 - arrival } }

  /// From arrival to the end; nil while it lives.
  public var turnaround: Tick? { end.map { $0 - arrival } }

  /// The ticks spent ready and not running, up to now.
  ///
  /// - Parameter now: the present tick.
  /// - Returns: how many.
  public func wait(now: Tick) -> Tick {
    waited + (readySince.map { now - $0 } ?? 0)
  }

  mutating func becomeReady(at now: Tick) {
    if readySince == nil { readySince = now }
  }

  mutating func leaveReady(at now: Tick) {
    guard let since = readySince else { return }
    waited += now - since
    readySince = nil
  }

  mutating func dispatch(at now: Tick) {
    leaveReady(at: now)
    if firstRun == nil { firstRun = now }
    dispatches += 1
  }
}
