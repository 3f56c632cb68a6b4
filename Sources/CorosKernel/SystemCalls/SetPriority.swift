/// Sets a task's priority: the larger goes first, under policies that use it.
///
/// - Blocks: never. Reply: whether there was such a live task. Errors: `invalidArgument` for a value
///   outside `SchedulingParameters.priorities`. O(log n) under most policies.
public struct SetPriority: SystemCall {
  /// The new priority.
  public let priority: Int
  /// The task; nil for the caller.
  public let target: TaskID?

  /// Makes the call, for one task or for the caller.
  public init(_ priority: Int, of target: TaskID? = nil) {
    self.priority = priority
    self.target = target
  }

  /// The value, and the task if it is not the caller.
  public var arguments: String { target.map { "\(priority), task \($0)" } ?? "\(priority)" }

  /// Sets it.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    kernel.adjust(target, for: self) { $0.priority = priority }
  }
}

extension SystemInterface {
  /// Sets the priority of a task, or of the calling one; true when it was alive.
  @discardableResult
  public nonisolated(nonsending) func setPriority(
    _ priority: Int,
    of target: TaskID? = nil
  ) async throws -> Bool {
    try await call(SetPriority(priority, of: target))
  }
}
