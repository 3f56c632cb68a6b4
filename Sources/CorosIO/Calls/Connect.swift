public import CorosKernel

/// Begins a connection; ``FinishConnect`` says what became of it.
///
/// - Blocks: while as many handles are open as may be. Reply: the handle, which is closed with the caller. Errors:
///   `refused`, `unreachable`, `invalid`; `noWorld`. O(1).
public struct Connect: Opening {
  /// The address: see ``Address/init(_:)``.
  public let address: String

  /// Makes the call.
  public init(_ address: String) { self.address = address }

  /// The address.
  public var arguments: String { address }

  /// Opens it, or has the caller wait for a free handle.
  public func handle(in kernel: KernelContext) -> Disposition<Handle> { begin(in: kernel) }

  /// Hands over what was opened meanwhile.
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Handle> {
    end(after: wakeup)
  }

  var kind: HandleKind { .connection }
  var subject: String { address }

  func request(in world: World) throws(IOFailure) -> DeviceRequest {
    .connect(try Address(address))
  }
}

/// Waits until somebody is on the other side of a connection.
///
/// - Blocks: until then, at most for `timeout` ticks. Reply: none. Errors: `refused`, `unreachable`, `timedOut`, `closed`,
///   `busy`. O(1).
public struct FinishConnect: HandleCall {
  /// The connection.
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
    switch kernel.ask(.finish(key: facts.key), facts) {
    case .done?: return .reply(())
    case let other: return kernel.unfinished(other, .write, of: handle)
    }
  }
}

extension SystemInterface {
  /// Connects to an address; what comes of it belongs to the calling task.
  public nonisolated(nonsending) func connect(
    _ address: String,
    timeout: Tick? = nil
  ) async throws -> Handle {
    let handle = try await call(Connect(address))
    do {
      try await call(FinishConnect(handle, timeout: timeout))
    } catch {
      try await close(handle)
      throw error
    }
    return handle
  }
}
