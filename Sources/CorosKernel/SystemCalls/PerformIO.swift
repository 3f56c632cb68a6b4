/// Has a device work for the caller for a number of ticks, none of them of CPU.
///
/// Devices are as many as are asked for: each call has one to itself, as in textbooks.
///
/// - Blocks: until that many ticks have passed since the end of the caller's step. Reply: nothing. Errors:
///   `invalidArgument` for a time below 1. O(log n) in the number of sleepers and requests.
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
    guard ticks > 0 else {
      return .fail(SystemCallError.invalidArgument("I/O takes a tick at least, not \(ticks)"))
    }
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
  /// Has a device work for a number of ticks, at least 1, and waits until it is done.
  public nonisolated(nonsending) func performIO(_ ticks: Tick) async throws {
    try await call(PerformIO(ticks))
  }
}
