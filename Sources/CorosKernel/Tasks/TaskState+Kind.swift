extension TaskState {
  /// A state without what belongs to it.
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
