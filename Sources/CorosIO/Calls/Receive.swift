public import CorosKernel

/// Takes bytes that have come: what is there, and no more.
///
/// - Blocks: until there are some, at most for `timeout` ticks. Reply: the bytes; none at the end of what comes in, again
///   and again. One can go on sending then. Errors: `reset`, `timedOut`, `closed`, `busy`. O(n) in the bytes.
public struct Receive: HandleCall {
  /// From where.
  public let handle: Handle
  /// The most bytes, from 1 to 65,536.
  public var most: Int { Int(shortMost) }
  /// The most ticks to wait; nil for ever.
  public var timeout: Tick? { limit.ticks }
  private let shortMost: Int32
  private let limit: TimeLimit

  /// Makes the call.
  public init(_ handle: Handle, upTo most: Int = 16_384, timeout: Tick? = nil) {
    self.handle = handle
    shortMost = Int32(min(max(1, most), SystemDevice.largestTransfer))
    limit = TimeLimit(timeout)
  }

  /// The handle and the most bytes.
  public var arguments: String { "\(handle), up to \(most)" }

  /// Tries it, and has the caller wait where that does not go yet.
  public func handle(in kernel: KernelContext) -> Disposition<[UInt8]> { begin(in: kernel) }

  /// Tries it again for a task that waits.
  public func retry(for task: TaskID, in kernel: KernelContext) -> Any? {
    attemptAnew(for: task, in: kernel)
  }

  /// Hands over what came of it meanwhile.
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<[UInt8]> {
    end(after: wakeup, in: kernel)
  }

  var direction: Direction { .read }

  func attempt(
    for task: TaskID,
    _ facts: HandleFacts,
    in kernel: KernelContext
  ) -> Attempted<[UInt8]> {
    if facts.kind == .listener {
      return .fail(
        IOFailure.unsupported("\(handle) is a listener: it has connections, and no bytes")
      )
    }
    switch kernel.ask(.receive(key: facts.key, upTo: most), facts) {
    case .bytes(let bytes)?:
      _ = try? kernel.change(handle.object) { $0.facts.received += bytes.count }
      return .reply(bytes)
    case let other: return kernel.unfinished(other, .read, of: handle)
    }
  }
}

extension SystemInterface {
  /// Takes bytes that have come; none at the end of what comes in.
  public nonisolated(nonsending) func receive(
    _ handle: Handle,
    upTo most: Int = 16_384,
    timeout: Tick? = nil
  ) async throws -> [UInt8] {
    try await call(Receive(handle, upTo: most, timeout: timeout))
  }
}
