/// Waits for one task to end.
///
/// - Blocks: until the task ends, or the time is up. Waiters wake in the order in which they began.
///   Reply: how it ended, at once when it already has and its status is still kept; nil when there is no
///   such task. Errors: `waitsForItself`; `timedOut`; `invalidArgument` for a negative time. O(1).
public struct WaitTask: SystemCall {
  /// The task waited for.
  public let target: TaskID
  /// The most ticks to wait; nil for ever.
  public let timeout: Tick?

  /// Makes the call; `timeout` is in ticks from the end of the caller's step.
  public init(_ target: TaskID, timeout: Tick? = nil) {
    self.target = target
    self.timeout = timeout
  }

  /// The target, and the timeout if there is one.
  public var arguments: String {
    timeout.map { "task \(target), timeout \($0)" } ?? "task \(target)"
  }

  /// That the task has ended; nil with a timeout.
  public var attempt: Attempt? { timeout == nil ? .hasEnded : nil }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Always.
  public static var cancellation: CancellationPoint { .always }

  /// Replies at once when the target has ended or does not exist; else blocks.
  public func handle(in kernel: KernelContext) -> Disposition<ExitStatus?> {
    if target == kernel.caller { return .fail(SystemCallError.waitsForItself(target)) }
    switch kernel.status(of: target) {
    case .unknown:
      return .reply(nil)
    case .ended(let status):
      kernel.collect(target)
      return .reply(status)
    case .alive:
      do throws(SystemCallError) {
        return .block(on: .task(target), until: try kernel.deadline(after: timeout))
      } catch {
        return .fail(error)
      }
    }
  }

  /// Replies with the status that the target ended with.
  public func resume(
    after wakeup: Wakeup,
    in kernel: KernelContext
  ) -> Disposition<ExitStatus?> {
    guard case .ended(_, let status) = wakeup else { return .fail(SystemCallError.timedOut) }
    kernel.collect(target)
    return .reply(status)
  }
}

extension SystemInterface {
  /// Waits for a task to end, and says how it did; nil when there is no such task.
  @discardableResult
  public nonisolated(nonsending) func waitTask(
    _ target: TaskID,
    timeout: Tick? = nil
  ) async throws -> ExitStatus? {
    try await call(WaitTask(target, timeout: timeout))
  }
}
