public import CorosKernel

/// Two tasks that share something which no system call shows: two orders of steps that should not matter differ.
public struct HiddenSharing: Hashable, Sendable {
  /// The two tasks.
  public let tasks: [TaskID]
  /// The tick at which the runs differ.
  public let tick: Tick
}
