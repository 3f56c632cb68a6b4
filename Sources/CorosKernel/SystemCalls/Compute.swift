/// Uses one tick of CPU, and gives nothing up.
///
/// The caller keeps the CPU for as long as its policy's slice lasts: this is how a task works.
///
/// - Blocks: never. Reply: nothing. O(1).
public struct Compute: SystemCall {
  /// Makes the call.
  public init() {}

  /// Goes on.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    .reply(())
  }
}

extension SystemInterface {
  /// Uses CPU for a number of ticks, one dispatch each.
  ///
  /// - Parameter ticks: how many; none when it is not positive.
  /// - Throws: `Termination` when the task is being ended.
  public nonisolated(nonsending) func compute(_ ticks: Tick = 1) async throws {
    var left = ticks
    while left > 0 {
      try await call(Compute())
      left -= 1
    }
  }
}
