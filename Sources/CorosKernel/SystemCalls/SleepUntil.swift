/// Waits for a tick.
///
/// - Blocks: until the tick has come; if it has, or comes with the end of the caller's step, it goes to the tail of the
///   ready queue, as `Yield` does. Reply: nothing. Errors: `invalidArgument` for a tick beyond the clock's range.
///   O(log n) in the number of sleepers.
public struct SleepUntil: SystemCall {
  /// Which tick.
  public let tick: Tick

  /// Makes the call for a tick.
  public init(_ tick: Tick) {
    self.tick = tick
  }

  /// The tick.
  public var arguments: String { "\(tick)" }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Always.
  public static var cancellation: CancellationPoint { .always }

  /// Blocks until the tick has come.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    .catching {
      if let endOfStep = try kernel.deadline(after: 0), tick <= endOfStep {
        kernel.endSlice()
        return .reply(())
      }
      return .block(on: .time, until: tick)
    }
  }

  /// Goes on: the deadline is what it waited for.
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Void> {
    .reply(())
  }
}

extension SystemInterface {
  /// Waits for a tick of virtual time.
  public nonisolated(nonsending) func sleep(untilTick tick: Tick) async throws {
    try await call(SleepUntil(tick))
  }

  /// Waits for an instant of the virtual clock.
  public nonisolated(nonsending) func sleep(until instant: VirtualClock.Instant) async throws {
    try await call(SleepUntil(instant.tick))
  }
}
