/// Cancels a task: its cancellation points fail from now on, so that it can clean up and end.
///
/// Cancellation points are all calls that may wait or use time. The error is ``Cancelled``; a task that does not
/// catch it ends with the status `ExitStatus.cancelled`. A task that has not begun begins, and gets the error at
/// its first point. See ``KillTask`` for a task that must end now.
///
/// - Blocks: never. Reply: whether the task is cancelled by this; false when it is not alive, or was cancelled before.
///   Events: `cancelled`. O(1).
public struct CancelTask: SystemCall {
  /// The task to cancel.
  public let target: TaskID
  /// Why.
  public let reason: String

  /// Makes the call for one task.
  public init(_ target: TaskID, because reason: String = "") {
    self.target = target
    self.reason = reason
  }

  /// The task, and the reason if there is one.
  public var arguments: String { "task \(target)" + (reason.isEmpty ? "" : ": \(reason)") }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Cancels the task.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .reply(kernel.cancel(target, because: reason))
  }
}

extension SystemInterface {
  /// Cancels a task; true when it is cancelled by this.
  @discardableResult
  public nonisolated(nonsending) func cancelTask(
    _ target: TaskID,
    because reason: String = ""
  ) async throws -> Bool {
    try await call(CancelTask(target, because: reason))
  }
}
