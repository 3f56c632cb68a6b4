public import CorosKernel

/// Takes a connection from a listener.
///
/// Several tasks may wait for one listener: who came first is served first.
///
/// - Blocks: until a connection comes, at most for `timeout` ticks; also while as many handles are open as may be. Reply:
///   the connection, which is closed with the caller. Errors: `timedOut`, `closed`, `unsupported`. O(1).
public struct Accept: HandleCall {
  /// The listener.
  public let handle: Handle
  /// The most ticks to wait; nil for ever.
  public let timeout: Tick?

  /// Makes the call.
  public init(_ handle: Handle, timeout: Tick? = nil) {
    self.handle = handle
    self.timeout = timeout
  }

  /// The handle.
  public var arguments: String { "\(handle)" }

  /// Tries it, and has the caller wait where that does not go yet.
  public func handle(in kernel: KernelContext) -> Disposition<Handle> { begin(in: kernel) }

  /// Tries it again for a task that waits.
  public func retry(for task: TaskID, in kernel: KernelContext) -> Any? {
    attemptAnew(for: task, in: kernel)
  }

  /// Hands over what came of it meanwhile.
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Handle> {
    end(after: wakeup, in: kernel)
  }

  var direction: Direction { .read }
  static var isShared: Bool { true }

  func attempt(
    for task: TaskID,
    _ state: HandleState,
    in kernel: KernelContext
  ) -> Attempted<Handle> {
    guard state.kind == .listener else {
      return .fail(IOFailure.unsupported("\(handle) is no listener: it takes no connections"))
    }
    guard kernel.hasRoom(in: state.world) else {
      kernel.awaitRoom(handle.object, in: state.world, for: task)
      return .again
    }
    switch kernel.ask(.accept(key: state.key), state) {
    case .opened(let key, let address, let isAlwaysReady)?:
      do {
        let connection = try kernel.makeHandle(
          .connection,
          (key, address, isAlwaysReady),
          for: task,
          in: state.world
        )
        return .reply(connection)
      } catch {
        return .fail(error)
      }
    case let other: return kernel.unfinished(other, .read, of: handle, state)
    }
  }
}

extension SystemInterface {
  /// Takes a connection from a listener; it belongs to the calling task.
  public nonisolated(nonsending) func accept(
    _ listener: Handle,
    timeout: Tick? = nil
  ) async throws -> Handle {
    try await call(Accept(listener, timeout: timeout))
  }
}
