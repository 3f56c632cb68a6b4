/// The error that a cancelled task gets from its calls.
///
/// It comes from each call that is a cancellation point, again and again, until the scope that was cancelled is
/// left; the task's body is its outermost scope. So it is not lost by one careless `catch`. Clean-up code may make
/// any call that does not wait, and may wait under a shield.
public struct Cancelled: Error, Hashable, Sendable {
  /// Who cancelled; the operator also for a deadline.
  public let by: TaskID
  /// Why, in the words of whoever cancelled.
  public let reason: String
  /// The number of the scope that was cancelled; 0 for the task's body.
  public let scope: Int

  /// The reason that a deadline gives.
  package static let timeIsUp = "its time is up"

  init(by canceller: TaskID, reason: String, scope: Int) {
    by = canceller
    self.reason = reason
    self.scope = scope
  }
}

extension Cancelled: CustomStringConvertible {
  /// Who cancelled, and why.
  public var description: String {
    // Where the reason begins with who it was, that is not said twice.
    let isTold = by == .operator || reason.hasPrefix("task \(by) ")
    let who = isTold ? "cancelled" : "cancelled by task \(by)"
    return reason.isEmpty ? who : "\(who): \(reason)"
  }
}

/// Where a system call gives way to a cancellation.
public enum CancellationPoint: Hashable, Sendable {
  /// It fails for a cancelled task, whether or not it would have to wait.
  case always
  /// It fails only where it would have to wait, or waits already.
  case whenItWaits
  /// It takes no notice: it waits until it is answered, or its task is killed.
  case never
  /// It is asked: its ``SystemCall/cancel(with:in:)`` decides, and may wait on.
  case decides

  /// Whether a cancelled task cannot wait there.
  var isRefusal: Bool { self == .always || self == .whenItWaits }
}
