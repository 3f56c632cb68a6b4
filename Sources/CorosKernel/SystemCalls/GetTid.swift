/// Asks for the caller's own task id.
///
/// - Blocks: never. Reply: the id; 0 for the operator. O(1).
public struct GetTid: SystemCall {
  /// Makes the call.
  public init() {}

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Replies with the caller's id.
  public func handle(in kernel: KernelContext) -> Disposition<TaskID> {
    .reply(kernel.caller)
  }
}

extension SystemInterface {
  /// The calling task's own id.
  public nonisolated(nonsending) func getTid() async throws -> TaskID {
    try await call(GetTid())
  }
}
