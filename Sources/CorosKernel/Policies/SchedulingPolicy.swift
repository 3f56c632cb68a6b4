/// Answers one question: which ready task runs next, and for how many ticks.
///
/// A policy is a value. The kernel hands it each task that becomes ready, takes away those that are
/// stopped or killed, and asks for the next one; a policy changes nothing else. Its answers may depend
/// only on what it was told, in the order in which it was told.
///
/// Six requirements make a policy. The others have defaults that do nothing, and most of them are
/// called only for those who ask: see ``interests``. A task goes round like this:
///
/// 1. ``admit(_:_:ran:)`` when it is created, with what it says about itself;
/// 2. ``enqueue(_:at:)`` when it is ready;
/// 3. ``next(at:)`` gives it the CPU, and a turn begins; or ``remove(_:)`` takes it away;
/// 4. ``endTurn(of:after:_:)`` when the turn is over; then 2 again, at once or after a wait;
/// 5. ``forget(_:)`` when it has ended.
public protocol SchedulingPolicy {
  /// The policy and its settings, as one would type them: `rr quantum=1`.
  var description: String { get }

  /// The ready tasks in the order in which they would run as things stand, first next; for display.
  var order: [TaskHandle] { get }

  /// Takes in a task that has become ready and is not in the policy's hands.
  ///
  /// - Parameters:
  ///   - task: the task.
  ///   - now: the tick from which on it is ready.
  mutating func enqueue(_ task: TaskHandle, at now: Tick)

  /// Lets go of a task in the policy's hands, wherever it stands.
  mutating func remove(_ task: TaskHandle)

  /// Chooses the task to run next and lets go of it; nil when none is to run now.
  ///
  /// After nil although tasks are ready the CPU idles until the next timer; see ``isUndecided``.
  ///
  /// - Parameter now: the tick in which the task will run.
  /// - Returns: the task, and for how many ticks.
  mutating func next(at now: Tick) -> Choice?

  // MARK: What most policies do not need

  /// What else the policy wants to be told; nothing unless said otherwise. Read once, when it is installed.
  var interests: PolicyInterests { get }

  /// Which goes first of those that wait for the same object; who came first, by default. Read once, when it is
  /// installed.
  var waiterOrder: WaiterOrder { get }

  /// Begins the policy's own random numbers, on installation and with each new seed of the scheduler.
  ///
  /// They are apart from those that tasks draw, so that the same tasks draw the same numbers under each
  /// policy.
  mutating func seed(_ seed: UInt64)

  /// Hears the id of a task, for policies that know tasks by their ids; with ``PolicyInterests/tasks``.
  ///
  /// Called once for each task, before it is admitted.
  mutating func identify(_ task: TaskHandle, as id: TaskID)

  /// Hears of a task, or of a change to what it says about itself; with ``PolicyInterests/tasks``.
  ///
  /// Called when a task is created, for each live task when the policy is installed, and when
  /// parameters change; then the task may be ready, in the midst of a turn, or waiting.
  ///
  /// - Parameters:
  ///   - task: the task.
  ///   - parameters: what it says about itself, checked; with ``WaiterOrder/lentPriority`` the priority is the
  ///     highest of its own and of those that are lent to it.
  ///   - ran: how many ticks of CPU it has had, those of its present turn not counted.
  mutating func admit(_ task: TaskHandle, _ parameters: SchedulingParameters, ran: Tick)

  /// Hears that a task has ended, and its index may be used again; with ``PolicyInterests/tasks``.
  ///
  /// The task is not in the policy's hands.
  mutating func forget(_ task: TaskHandle)

  /// Hears that a task no longer has the CPU; with ``PolicyInterests/turns``.
  ///
  /// Each turn that ``next(at:)`` begins ends so, before the task is enqueued again if it is.
  ///
  /// - Parameters:
  ///   - task: the task.
  ///   - ticks: how many ticks the turn lasted: 0 when it was over before it ran.
  ///   - end: what ended it.
  mutating func endTurn(of task: TaskHandle, after ticks: Tick, _ end: TurnEnd)

  /// Hears that a tick begins, before those wake whose time has come; with ``PolicyInterests/ticks``.
  ///
  /// Ticks through which the clock jumps are left out, and one may be told of more than once.
  mutating func beginTick(_ now: Tick)

  /// Hears what tick it is, and how far the turn in progress has come; with ``PolicyInterests/time``.
  ///
  /// Called before the policy hears of a task (``enqueue(_:at:)``, ``remove(_:)``, ``admit(_:_:ran:)``), before it is
  /// asked whether it ``preempts(_:after:)``, and, on a copy, before it is asked for its ``order`` or a
  /// ``sortKey(of:after:)``; so, but for policies that also watch ticks, it costs nothing while a turn just goes on.
  ///
  /// - Parameters:
  ///   - now: the tick from which on what it hears next holds.
  ///   - ticks: how many ticks the turn in progress has lasted by then; 0 when there is none.
  mutating func advance(to now: Tick, turn ticks: Tick)

  /// Whether the task whose turn goes on must make way for another; with ``PolicyInterests/ticks``.
  ///
  /// Asked as a tick begins, after those woke whose time has come. After true its turn ends as
  /// ``TurnEnd/preempted`` and it is enqueued.
  ///
  /// - Parameters:
  ///   - running: the task.
  ///   - ticks: how many ticks its turn has lasted.
  /// - Returns: whether it loses the CPU.
  func preempts(_ running: TaskHandle, after ticks: Tick) -> Bool

  /// Whether ``next(at:)`` gives nil although tasks are ready because somebody outside must pick one.
  ///
  /// Then a run stops, with ``RunOutcome/undecided(_:)``, instead of idling until the next timer.
  var isUndecided: Bool { get }

  /// The task for which ``next(at:)`` gives nil although others are ready; nil when there is none such.
  ///
  /// It is not ready, and has the CPU when it is.
  var awaited: TaskHandle? { get }

  /// Takes the word of somebody outside for who runs next.
  ///
  /// - Parameter task: a task in the policy's hands.
  /// - Returns: false from a policy that does its own choosing; then nothing has changed, and the task
  ///   runs out of turn, of which the policy hears nothing but ``remove(_:)`` and ``enqueue(_:at:)``.
  mutating func pick(_ task: TaskHandle) -> Bool

  /// Who goes first, as a clause: `the one that has been ready longest goes first`.
  var rule: String { get }

  /// What the rule goes by in a task that is ready or running, in a few words: `pass 400`.
  ///
  /// - Parameters:
  ///   - task: a task in the policy's hands or in the midst of its turn.
  ///   - ticks: how many ticks its turn has lasted; 0 when it has none.
  /// - Returns: nil when the place in the queue is all there is.
  func sortKey(of task: TaskHandle, after ticks: Tick) -> String?

  /// The queue that a task belongs to, from 1, where the policy has several; nil where it has one.
  ///
  /// - Parameter task: a task that was admitted and has not ended.
  /// - Returns: its number.
  func level(of task: TaskHandle) -> Int?
}

extension SchedulingPolicy {
  /// Nothing.
  public var interests: PolicyInterests { [] }

  /// Who came first.
  public var waiterOrder: WaiterOrder { .arrival }

  /// Does nothing: no random numbers.
  public mutating func seed(_ seed: UInt64) {}

  /// Does nothing.
  public mutating func identify(_ task: TaskHandle, as id: TaskID) {}

  /// Does nothing.
  public mutating func admit(_ task: TaskHandle, _ parameters: SchedulingParameters, ran: Tick) {}

  /// Does nothing.
  public mutating func forget(_ task: TaskHandle) {}

  /// Does nothing.
  public mutating func endTurn(of task: TaskHandle, after ticks: Tick, _ end: TurnEnd) {}

  /// Does nothing.
  public mutating func beginTick(_ now: Tick) {}

  /// Does nothing.
  public mutating func advance(to now: Tick, turn ticks: Tick) {}

  /// Never.
  public func preempts(_ running: TaskHandle, after ticks: Tick) -> Bool { false }

  /// Never.
  public var isUndecided: Bool { false }

  /// Nobody.
  public var awaited: TaskHandle? { nil }

  /// Takes no picks.
  public mutating func pick(_ task: TaskHandle) -> Bool { false }

  /// The order of the queue.
  public var rule: String { "the task at the head of the queue goes first" }

  /// Nothing but the place in the queue.
  public func sortKey(of task: TaskHandle, after ticks: Tick) -> String? { nil }

  /// There is one queue.
  public func level(of task: TaskHandle) -> Int? { nil }
}

/// What a policy wants to be told beside who is ready: what it leaves out costs nothing.
public struct PolicyInterests: OptionSet, Hashable, Sendable {
  /// One bit an interest.
  public let rawValue: UInt8

  /// Makes a set from its bits.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// `identify`, `admit` and `forget`: which tasks there are, and what they say about themselves.
  public static let tasks = PolicyInterests(rawValue: 1 << 0)
  /// `endTurn`: how long a task had the CPU, and why it has it no more.
  public static let turns = PolicyInterests(rawValue: 1 << 1)
  /// `beginTick` and `preempts`: to act while a slice lasts.
  public static let ticks = PolicyInterests(rawValue: 1 << 2)
  /// `advance`: what tick it is, and how far the turn in progress has come, when anything else is told.
  public static let time = PolicyInterests(rawValue: 1 << 3)
}

/// Why a task no longer has the CPU.
public enum TurnEnd: Hashable, Sendable {
  /// Its slice is used up.
  case expired
  /// It gave up the rest of its slice.
  case yielded
  /// The policy said that another goes first.
  case preempted
  /// It waits for something.
  case blocked
  /// It was stopped.
  case stopped
  /// It has ended.
  case ended
}

/// A task as policies see it.
public struct TaskHandle: Hashable, Sendable {
  let slot: Slot

  /// A small number that no other live task has: an index for tables of one's own.
  public var index: Int { Int(slot.index) }
}

/// A policy's answer.
public struct Choice: Hashable, Sendable {
  /// The task that runs next.
  public let task: TaskHandle
  /// For how many ticks it keeps the CPU if it neither yields, blocks nor ends; at least 1.
  public let slice: Tick

  /// Makes an answer; a slice of `Tick.max` has no end.
  public init(_ task: TaskHandle, slice: Tick) {
    self.task = task
    self.slice = max(1, slice)
  }
}
