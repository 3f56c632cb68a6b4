/// Uses one tick of CPU, without yielding.
///
/// The caller keeps the CPU while its slice lasts: this is how a task does work.
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
