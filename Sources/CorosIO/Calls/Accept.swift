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
    _ facts: HandleFacts,
    in kernel: KernelContext
  ) -> Attempted<Handle> {
    guard facts.kind == .listener else {
      return .fail(IOFailure.unsupported("\(handle) is no listener: it takes no connections"))
    }
    guard kernel.hasRoom(in: facts.world) else {
      kernel.awaitRoom(handle.object, in: facts.world, for: task)
      return .again
    }
    switch kernel.ask(.accept(key: facts.key), facts) {
    case .opened(let key, let address, let isAlwaysReady)?:
      do {
        let connection = try kernel.makeHandle(
          .connection,
          (key, address, isAlwaysReady),
          for: task,
          in: facts.world
        )
        return .reply(connection)
      } catch {
        return .fail(error)
      }
    case .failed(let number)? where SystemNumbers.isLack(number):
      // The connection waits, too: the device says when it is to be tried again.
      kernel.noteLack(number, in: facts.world, for: task)
      return kernel.unfinished(.again, .read, of: handle)
    case let other: return kernel.unfinished(other, .read, of: handle)
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
