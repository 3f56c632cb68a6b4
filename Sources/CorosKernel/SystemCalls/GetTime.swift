/// Asks what time it is.
///
/// - Blocks: never. Reply: the tick of this dispatch. O(1).
public struct GetTime: SystemCall {
  /// Makes the call.
  public init() {}

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Replies with the present tick.
  public func handle(in kernel: KernelContext) -> Disposition<Tick> {
    .reply(kernel.now)
  }
}

extension SystemInterface {
  /// The present tick of the virtual clock.
  public nonisolated(nonsending) func getTime() async throws -> Tick {
    try await call(GetTime())
  }
}
