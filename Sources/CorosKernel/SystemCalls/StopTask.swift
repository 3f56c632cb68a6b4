/// Stops a task where it is, until `ContinueTask`.
///
/// A stopped task is not dispatched. If it was waiting, it goes on waiting; when its wait ends, it is ready but
/// still stopped. A task may stop itself.
///
/// - Blocks: no; a task that stops itself gets its reply when it is continued. Reply: whether there was
///   such a live task. Events: `stopped`. O(1).
public struct StopTask: SystemCall {
  /// The task to stop.
  public let target: TaskID

  /// Makes the call for one task.
  public init(_ target: TaskID) {
    self.target = target
  }

  /// The task's id.
  public var arguments: String { "task \(target)" }

  /// Stops the task and replies whether it was alive.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .reply(kernel.stop(target))
  }
}

extension SystemInterface {
  /// Stops a task until it is continued; true when it was alive.
  @discardableResult
  public nonisolated(nonsending) func stopTask(_ target: TaskID) async throws -> Bool {
    try await call(StopTask(target))
  }
}
