/// Sets how nice a task is to others, under policies that use it.
///
/// - Blocks: never. Reply: whether there was such a live task. Errors: `invalidArgument` for a value
///   outside `SchedulingParameters.niceValues`. O(log n) under most policies.
public struct SetNice: SystemCall {
  /// From -20, not at all, to 19.
  public let nice: Int
  /// The task; nil for the caller.
  public let target: TaskID?

  /// Makes the call, for one task or for the caller.
  public init(_ nice: Int, of target: TaskID? = nil) {
    self.nice = nice
    self.target = target
  }

  /// The value, and the task if it is not the caller.
  public var arguments: String { target.map { "\(nice), task \($0)" } ?? "\(nice)" }

  /// Sets it.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    kernel.adjust(target, for: self) { $0.nice = nice }
  }
}

extension SystemInterface {
  /// Sets the nice value of a task, or of the calling one; true when it was alive.
  @discardableResult
  public nonisolated(nonsending) func setNice(
    _ nice: Int,
    of target: TaskID? = nil
  ) async throws -> Bool {
    try await call(SetNice(nice, of: target))
  }
}
