/// Gives the CPU to the next ready task.
///
/// - Blocks: no; the caller goes to the tail of the ready queue. Reply: nothing. O(1).
public struct Yield: SystemCall {
  /// Makes the call.
  public init() {}

  /// Gives up the rest of the caller's slice.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    kernel.endSlice()
    return .reply(())
  }
}

extension SystemInterface {
  /// Gives the CPU to the next ready task.
  @inlinable
  public nonisolated(nonsending) func yield() async throws {
    try await call(Yield())
  }
}
