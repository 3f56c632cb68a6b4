/// Sets how far a task lets others go first, under policies that ask.
///
/// - Blocks: never. Reply: whether there was such a live task. Errors: `invalidArgument` for a value
///   outside `SchedulingParameters.niceValues`. O(log n) under most policies.
public struct SetNice: SystemCall {
  /// From -20, hardly at all, to 19.
  public let nice: Int
  /// Whose; nil for the caller's own.
  public let target: TaskID?

  /// Makes the call, for one task or for the caller.
  public init(_ nice: Int, of target: TaskID? = nil) {
    self.nice = nice
    self.target = target
  }

  /// The value, and whose it is to be.
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
