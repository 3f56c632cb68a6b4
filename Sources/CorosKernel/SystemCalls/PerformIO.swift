/// Has a device work for the caller for a number of ticks, none of them of CPU.
///
/// By default devices are as many as are asked for: each call has one to itself, as in textbooks. Where the hardware
/// has one for all, a call is served when those before it are: see ``Hardware``.
///
/// - Blocks: until that many ticks have passed since the end of the caller's step, or since its turn at the device;
///   with 0 the caller is ready again as the next tick begins. Reply: nothing. Errors: `invalidArgument` for a negative time. O(log n) in
///   the number of sleepers and requests.
public struct PerformIO: SystemCall {
  /// How long the device takes, in ticks.
  public let ticks: Tick

  /// Makes the call for a number of ticks.
  public init(_ ticks: Tick) {
    self.ticks = ticks
  }

  /// The number of ticks.
  public var arguments: String { "\(ticks)" }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Always.
  public static var cancellation: CancellationPoint { .always }

  /// Blocks until the device is done.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    do throws(SystemCallError) {
      return .block(on: .io, until: try kernel.deadline(after: ticks))
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
  /// Has a device work for a number of ticks, and waits until it is done.
  public nonisolated(nonsending) func performIO(_ ticks: Tick) async throws {
    try await call(PerformIO(ticks))
  }
}
