/// Asks who created the caller.
///
/// - Blocks: never. Reply: the parent's id; 0, the operator, when the operator created the caller or the
///   parent has ended. O(1).
public struct GetParent: SystemCall {
  /// Makes the call.
  public init() {}

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Replies with the parent's id.
  public func handle(in kernel: KernelContext) -> Disposition<TaskID> {
    .reply(kernel.parent(of: kernel.caller))
  }
}

extension SystemInterface {
  /// The id of the task that created the calling one; 0 once that has ended.
  public nonisolated(nonsending) func getParent() async throws -> TaskID {
    try await call(GetParent())
  }
}
