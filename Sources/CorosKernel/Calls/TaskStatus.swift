/// Whether a task lives.
public enum TaskStatus: Hashable, Sendable {
  /// It lives.
  case alive
  /// It has ended, with this status.
  case ended(ExitStatus)
  /// There never was such a task, or its status is no longer remembered.
  case unknown
}
