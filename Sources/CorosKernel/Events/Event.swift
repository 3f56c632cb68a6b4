/// One thing that happened in a scheduler.
///
/// Every table, trace, timeline and test reads events; the kernel prints nothing. Events of one step
/// come in a fixed order: `dispatched`, then `trapped` or `exited`, then what the kernel did about it.
public struct Event: Hashable, Sendable {
  /// The event's place among those that some observer wanted, counted from 1.
  ///
  /// It orders what the observers are told, and shows a gap where a log dropped some of it. Kinds that no
  /// observer wants are not made and have no numbers, so the numbers of a run depend on its observers; the
  /// `tick` does not.
  public let number: Int
  /// The tick in which it happened.
  public let tick: Tick
  /// The task that it happened to; 0 is the operator.
  public let task: TaskID
  /// What happened.
  public let action: Action

  /// What can happen to a task.
  public enum Action: Hashable, Sendable {
    /// It was created. Always the first event of a task; it is ready, unless `blocked` on its arrival follows.
    case spawned(name: String, parent: TaskID)
    /// It was created to arrive later; now it has, and is ready: no `woke` tells of it.
    case arrived
    /// It got the CPU, for a tick.
    case dispatched
    /// It made a system call. What the kernel does about it follows.
    case trapped(CallSummary)
    /// Its call was answered.
    case replied(ReplySummary)
    /// Its call failed.
    case refused(String)
    /// It waits, and stands in the wait queue of that reason.
    case blocked(on: WaitReason, until: Tick?)
    /// Its wait is over, and it is ready.
    case woke(because: String)
    /// It wrote a line.
    case wrote(String)
    /// It noted a value of the embedder's own.
    case noted(Note)
    /// It was stopped.
    case stopped(by: TaskID)
    /// It may go on.
    case continued(by: TaskID)
    /// It was cancelled: its cancellation points fail from now on.
    case cancelled(by: TaskID, reason: String)
    /// It holds an object from now on; if its last holder ended while it held it, which task that was.
    case acquired(ObjectPlace, abandonedBy: TaskID?)
    /// It holds an object no longer.
    case released(ObjectPlace)
    /// A task ended while it held an object, and no task is told of that now. Told of the operator: the task is gone.
    case abandoned(ObjectPlace, by: TaskID)
    /// The step has read or changed something that others may read or change.
    case touched(Touch)
    /// Something that matters to those who keep books of what tasks share.
    case detail(Detail)
    /// It was killed; `exited` follows when its `defer`s have run.
    case killed(by: TaskID)
    /// It made a system call while being ended; the call was refused.
    case resisted(CallSummary)
    /// It resisted too often, and was abandoned.
    case gaveUp(after: Int)
    /// It awaits something outside the kernel.
    case escaped
    /// It ended. Always the last event of a task.
    case exited(ExitStatus)
    /// The CPU is being switched to it, until a later tick unless another task goes first.
    case switching(until: Tick)
    /// Nothing was ready, and the clock jumped to the next timer.
    case clockJumped(from: Tick)
  }

  /// What those learn who keep books of what tasks share, beside the other events.
  public enum Detail: Hashable, Sendable {
    /// It made an object of this kind; whether that is a lock, ``KernelObject/isLock`` says.
    case made(ObjectID, kind: String, isLock: Bool)
    /// The object is gone: see ``KernelContext/remove(_:)``.
    case removed(ObjectID)
    /// It asks for an object while it holds others, and will wait as long as it takes.
    case asked(ObjectPlace)
    /// It got a permit, which is nobody's from now on.
    case took(ObjectPlace)
    /// It gave such a permit.
    case gave(ObjectPlace)
    /// It notified a condition, and woke this many tasks.
    case notified(ObjectPlace, Int)
    /// It waits since the event before this one, and the time of a cancel scope that it is in can end that, or it is
    /// cancelled and a shield keeps it.
    case limited
    /// It learns that another task has ended, which it monitors, is linked with, or has in a group.
    case heard(endOf: TaskID)
    /// It has this priority from now on; told of a new task when it is not 0.
    case prioritised(Int)
    /// The machine has this policy from now on. Told of the operator.
    case ruled(String)
    /// Of things of which there may only be so many, such as handles, it has taken one of the last, or waits for one.
    ///
    /// Without a limit it is the system that has no more of them for this process.
    case scarce(used: Int, limit: Int?)
    /// It fails in this line of its text; `exited` follows.
    case failed(line: Int)
  }

  /// Kinds of events, to say which ones an observer wants.
  public struct Kinds: OptionSet, Hashable, Sendable {
    /// One bit a kind.
    public let rawValue: UInt32

    /// Makes a set from its bits.
    public init(rawValue: UInt32) {
      self.rawValue = rawValue
    }

    /// `spawned`, `arrived` and `exited`, and what ends a task: `killed`, `resisted`, `gaveUp`, `escaped`.
    public static let lives = Kinds(rawValue: 1 << 0)
    /// `dispatched`.
    public static let dispatches = Kinds(rawValue: 1 << 1)
    /// `trapped`, `replied` and `refused`.
    public static let calls = Kinds(rawValue: 1 << 2)
    /// `blocked` and `woke`.
    public static let waits = Kinds(rawValue: 1 << 3)
    /// `wrote`.
    public static let output = Kinds(rawValue: 1 << 4)
    /// `stopped`, `continued` and `cancelled`.
    public static let stops = Kinds(rawValue: 1 << 5)
    /// `clockJumped` and `switching`.
    public static let clock = Kinds(rawValue: 1 << 6)
    /// `acquired`, `released` and `abandoned`.
    public static let sharing = Kinds(rawValue: 1 << 7)
    /// `touched`: for those who look for steps that could change places, and no part of ``all``.
    public static let footprints = Kinds(rawValue: 1 << 8)
    /// `detail`: for those who keep books of what tasks share, and no part of ``all``.
    public static let details = Kinds(rawValue: 1 << 9)
    /// `noted`.
    public static let notes = Kinds(rawValue: 1 << 10)
    /// Every kind but `footprints` and `details`.
    public static let all: Kinds = [
      .lives, .dispatches, .calls, .waits, .output, .stops, .clock, .sharing, .notes,
    ]
    /// Those for which the path of a call has more to do.
    static let ofCalls = Kinds(rawValue: 1 << 2 | 1 << 8 | 1 << 31)
    /// No kind of events, and no observer's wish: some task is cancelled, so calls must look whether it is theirs.
    static let cancellations = Kinds(rawValue: 1 << 31)
  }
}

extension Event {
  /// Makes an event for a replay.
  ///
  /// In an extension, so that the scheduler has the initializer that the compiler writes: through one written
  /// by hand it would copy the action.
  package init(numbered number: Int, tick: Tick, task: TaskID, action: Action) {
    self.init(number: number, tick: tick, task: task, action: action)
  }
}

extension Event.Action {
  /// The kind that the action belongs to.
  public var kind: Event.Kinds {
    switch self {
    case .spawned, .arrived, .killed, .resisted, .gaveUp, .escaped, .exited: .lives
    case .dispatched: .dispatches
    case .trapped, .replied, .refused: .calls
    case .blocked, .woke: .waits
    case .wrote: .output
    case .noted: .notes
    case .stopped, .continued, .cancelled: .stops
    case .clockJumped, .switching: .clock
    case .acquired, .released, .abandoned: .sharing
    case .touched: .footprints
    case .detail: .details
    }
  }
}

extension Event: CustomStringConvertible {
  /// One line: number, tick, task and action.
  public var description: String { "\(number) t\(tick) #\(task) \(action)" }
}
