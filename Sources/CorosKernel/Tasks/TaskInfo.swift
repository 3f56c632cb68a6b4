/// What a scheduler tells about one task: a picture of a moment.
public struct TaskInfo: Hashable, Sendable {
  /// The task's id.
  public let tid: TaskID
  /// What it is called.
  public let name: String
  /// What it is doing.
  public let state: TaskState
  /// Who created it; the operator once the creator has ended.
  public let parent: TaskID
  /// Who created it, whether or not that task still lives.
  public let creator: TaskID
  /// What it says about itself to policies that ask.
  public let parameters: SchedulingParameters
  /// Where its ticks went.
  public let accounting: Accounting
  /// Since when it waits; nil when it does not, or has not arrived.
  public let waitingSince: Tick?
  /// When its wait ends by itself, or when it arrives; nil when neither.
  public let deadline: Tick?
  /// The tasks that wait for its end, in the order in which they began.
  public let waiters: [TaskID]
}

/// What a task is doing.
public enum TaskState: Hashable, Sendable {
  /// It was created to arrive later, and has not.
  case new(arriving: Tick)
  /// It could run, and waits for the CPU.
  case ready
  /// It has the CPU: it is running, or keeps the CPU between two steps while its slice lasts.
  case running
  /// It waits for something.
  case waiting(WaitReason)
  /// It waits for a moment in time.
  case sleeping(until: Tick)
  /// It was stopped; if it also waits for something, for what.
  case stopped(waiting: WaitReason?)
  /// It has ended.
  case exited(ExitStatus)

  /// The state in one word: `new`, `ready`, `running`, `waiting`, `sleeping`, `stopped`, `exited`.
  public var word: String { kind.rawValue }
}
