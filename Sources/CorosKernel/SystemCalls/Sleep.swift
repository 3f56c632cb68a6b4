/// Waits for a number of ticks.
///
/// - Blocks: until that many ticks have passed since the end of the caller's step; 0 goes to the tail of
///   the ready queue, as `Yield` does. Reply: nothing. Errors: `invalidArgument` for a negative time.
///   O(log n) in the number of sleepers.
public struct Sleep: SystemCall {
  /// How long, in ticks.
  public let ticks: Tick

  /// Makes the call for a number of ticks.
  public init(_ ticks: Tick) {
    self.ticks = ticks
  }

  /// The number of ticks.
  public var arguments: String { "\(ticks)" }

  /// Blocks until the time has passed.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    if ticks == 0 {
      kernel.endSlice()
      return .reply(())
    }
    do throws(SystemCallError) {
      return .block(on: .time, until: try kernel.deadline(after: ticks))
    } catch {
      return .fail(error)
    }
  }

  /// Goes on: the deadline is what it waited for.
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Void> {
    .reply(())
  }
}

extension SystemInterface {
  /// Waits for a number of ticks of virtual time.
  public nonisolated(nonsending) func sleep(_ ticks: Tick) async throws {
    try await call(Sleep(ticks))
  }
}
