/// Waits for any child of the caller to end.
///
/// Children that have ended already are reported first, in the order in which they ended, and each only
/// once; a child whose end `WaitTask` has told its parent is not reported again.
///
/// - Blocks: until a child ends, or the time is up. Reply: the child and how it ended. Errors:
///   `noChildren`; `timedOut`; `invalidArgument` for a negative time. O(1).
public struct WaitAnyChild: SystemCall {
  /// The most ticks to wait; nil for ever.
  public let timeout: Tick?

  /// Makes the call; `timeout` is in ticks from the end of the caller's step.
  public init(timeout: Tick? = nil) {
    self.timeout = timeout
  }

  /// The timeout, if there is one.
  public var arguments: String { timeout.map { "timeout \($0)" } ?? "" }

  /// Replies at once when a child has ended; else blocks if there is one to wait for.
  public func handle(in kernel: KernelContext) -> Disposition<EndedChild> {
    if let child = kernel.collectEndedChild() { return .reply(child) }
    guard kernel.hasLiveChildren else {
      return .fail(SystemCallError.noChildren(of: kernel.caller))
    }
    do throws(SystemCallError) {
      return .block(on: .anyChild, until: try kernel.deadline(after: timeout))
    } catch {
      return .fail(error)
    }
  }

  /// Replies with the child that ended.
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<EndedChild> {
    guard case .ended(let child, let status) = wakeup else {
      return .fail(SystemCallError.timedOut)
    }
    kernel.collect(child)
    return .reply(EndedChild(tid: child, status: status))
  }
}

extension SystemInterface {
  /// Waits for any child of the calling task to end.
  @discardableResult
  public nonisolated(nonsending) func waitAnyChild(
    timeout: Tick? = nil
  ) async throws -> EndedChild {
    try await call(WaitAnyChild(timeout: timeout))
  }
}
