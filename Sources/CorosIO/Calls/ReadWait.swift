public import CorosKernel

/// Waits until something may be read: the ancestor's call.
///
/// It promises that trying again may help, and no more.
///
/// - Blocks: until then, at most for `timeout` ticks. Reply: none. Errors: `timedOut`, `closed`, `busy`. O(1).
public struct ReadWait: HandleCall {
  /// Which handle.
  public let handle: Handle
  /// The most ticks to wait; nil for ever.
  public var timeout: Tick? { limit.ticks }
  private let limit: TimeLimit

  /// Makes the call.
  public init(_ handle: Handle, timeout: Tick? = nil) {
    self.handle = handle
    limit = TimeLimit(timeout)
  }

  /// The handle.
  public var arguments: String { "\(handle)" }

  /// Tries it, and has the caller wait where that does not go yet.
  public func handle(in kernel: KernelContext) -> Disposition<Void> { begin(in: kernel) }

  /// Tries it again for a task that waits.
  public func retry(for task: TaskID, in kernel: KernelContext) -> Any? {
    attemptAnew(for: task, in: kernel)
  }

  /// Hands over what came of it meanwhile.
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Void> {
    end(after: wakeup, in: kernel)
  }

  var direction: Direction { .read }

  func attempt(for task: TaskID, _ facts: HandleFacts, in kernel: KernelContext) -> Attempted<Void>
  {
    .reply(())
  }
}

/// Waits until something may be sent: the ancestor's call.
///
/// - Blocks: until then, at most for `timeout` ticks. Reply: none. Errors: `timedOut`, `closed`, `busy`. O(1).
public struct WriteWait: HandleCall {
  /// Which handle.
  public let handle: Handle
  /// The most ticks to wait; nil for ever.
  public var timeout: Tick? { limit.ticks }
  private let limit: TimeLimit

  /// Makes the call.
  public init(_ handle: Handle, timeout: Tick? = nil) {
    self.handle = handle
    limit = TimeLimit(timeout)
  }

  /// The handle.
  public var arguments: String { "\(handle)" }

  /// Tries it, and has the caller wait where that does not go yet.
  public func handle(in kernel: KernelContext) -> Disposition<Void> { begin(in: kernel) }

  /// Tries it again for a task that waits.
  public func retry(for task: TaskID, in kernel: KernelContext) -> Any? {
    attemptAnew(for: task, in: kernel)
  }

  /// Hands over what came of it meanwhile.
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Void> {
    end(after: wakeup, in: kernel)
  }

  var direction: Direction { .write }

  func attempt(for task: TaskID, _ facts: HandleFacts, in kernel: KernelContext) -> Attempted<Void>
  {
    .reply(())
  }
}

extension SystemInterface {
  /// Waits until something may be read.
  public nonisolated(nonsending) func readWait(_ handle: Handle, timeout: Tick? = nil) async throws
  {
    try await call(ReadWait(handle, timeout: timeout))
  }

  /// Waits until something may be sent.
  public nonisolated(nonsending) func writeWait(_ handle: Handle, timeout: Tick? = nil) async throws
  {
    try await call(WriteWait(handle, timeout: timeout))
  }
}
