/// Asks for the caller's priority as it counts: its own, or a higher one that a task lends that waits for what the
/// caller holds.
///
/// - Blocks: never. Reply: the priority. O(1).
public struct GetPriority: SystemCall {
  /// Makes the call.
  public init() {}

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Replies with the priority.
  public func handle(in kernel: KernelContext) -> Disposition<Int> {
    .reply(kernel.effectivePriority(of: kernel.caller) ?? 0)
  }
}

extension SystemInterface {
  /// The calling task's priority as it counts: its own, or a higher one that is lent to it.
  public nonisolated(nonsending) func getPriority() async throws -> Int {
    try await call(GetPriority())
  }
}
