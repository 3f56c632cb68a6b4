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

extension TaskState {
  /// A state without its details.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// It was created to arrive later, and has not.
    case new
    /// It could run, and waits for the CPU.
    case ready
    /// It has the CPU.
    case running
    /// It waits for something.
    case waiting
    /// It waits for a moment in time.
    case sleeping
    /// It was stopped.
    case stopped
    /// It has ended.
    case exited
  }

  /// Which of the states it is.
  public var kind: Kind {
    switch self {
    case .new: .new
    case .ready: .ready
    case .running: .running
    case .waiting: .waiting
    case .sleeping: .sleeping
    case .stopped: .stopped
    case .exited: .exited
    }
  }
}
