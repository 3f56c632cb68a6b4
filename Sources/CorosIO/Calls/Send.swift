public import CorosKernel

/// Sends bytes, some or all.
///
/// Nothing is kept back: where the system takes no more, the task waits.
///
/// - Blocks: until some can be sent, at most for `timeout` ticks. Reply: how many were sent. Errors: `reset`, `timedOut`,
///   `closed`, `busy`. O(n) in the bytes, at most 65,536.
public struct Send: HandleCall {
  /// To where.
  public let handle: Handle
  /// The bytes.
  public let bytes: [UInt8]
  /// The most ticks to wait; nil for ever.
  public let timeout: Tick?

  /// Makes the call.
  public init(_ bytes: [UInt8], to handle: Handle, timeout: Tick? = nil) {
    self.handle = handle
    self.bytes = bytes
    self.timeout = timeout
  }

  /// The handle and how many bytes.
  public var arguments: String {
    "\(handle), \(bytes.count == 1 ? "1 byte" : "\(bytes.count) bytes")"
  }

  /// Tries it, and has the caller wait where that does not go yet.
  public func handle(in kernel: KernelContext) -> Disposition<Int> { begin(in: kernel) }

  /// Tries it again for a task that waits.
  public func retry(for task: TaskID, in kernel: KernelContext) -> Any? {
    attemptAnew(for: task, in: kernel)
  }

  /// Hands over what came of it meanwhile.
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Int> {
    end(after: wakeup, in: kernel)
  }

  var direction: Direction { .write }

  func prepare(_ state: inout HandleState, in kernel: KernelContext) {
    kernel.beginSending(handle.object, &state)
  }

  func attempt(for task: TaskID, _ state: HandleState, in kernel: KernelContext) -> Attempted<Int> {
    bytes.isEmpty ? .reply(0) : kernel.send(bytes[...], to: handle, state)
  }
}

/// Sends all bytes of a message, before any other task sends something by the same handle.
///
/// - Blocks: until all are sent, at most for `timeout` ticks. Reply: none. Errors: `reset`, `timedOut` with the number of
///   bytes that were sent, `closed`, `busy`. O(n) in the bytes.
public struct SendAll: HandleCall {
  /// To where.
  public let handle: Handle
  /// The bytes.
  public let bytes: [UInt8]
  /// The most ticks to wait; nil for ever.
  public let timeout: Tick?

  /// Makes the call.
  public init(_ bytes: [UInt8], to handle: Handle, timeout: Tick? = nil) {
    self.handle = handle
    self.bytes = bytes
    self.timeout = timeout
  }

  /// The handle and how many bytes.
  public var arguments: String {
    "\(handle), \(bytes.count == 1 ? "1 byte" : "\(bytes.count) bytes")"
  }

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

  func prepare(_ state: inout HandleState, in kernel: KernelContext) {
    kernel.beginSending(handle.object, &state)
  }

  func attempt(for task: TaskID, _ state: HandleState, in kernel: KernelContext) -> Attempted<Void>
  {
    var state = state
    while state.progress < bytes.count {
      switch kernel.send(bytes[state.progress...], to: handle, state) {
      case .reply(let count):
        state.sent += count
        state.progress += count
      case .fail(let error): return .fail(error)
      case .again: return .again
      }
    }
    return .reply(())
  }
}

extension KernelContext {
  fileprivate func beginSending(_ object: Object<HandleState>, _ state: inout HandleState) {
    _ = try? change(object) { $0.progress = 0 }
    state.progress = 0
  }

  /// Sends some of the bytes, and counts them.
  fileprivate func send(
    _ bytes: ArraySlice<UInt8>,
    to handle: Handle,
    _ state: HandleState
  ) -> Attempted<Int> {
    if state.kind == .listener {
      return .fail(
        IOFailure.unsupported("\(handle) is a listener: it has connections, and takes no bytes")
      )
    }
    switch ask(.send(key: state.key, bytes.prefix(SystemDevice.largestTransfer)), state) {
    case .count(let count)?:
      _ = try? change(handle.object) {
        $0.sent += count
        $0.progress += count
      }
      return .reply(count)
    case let other: return unfinished(other, .write, of: handle, state)
    }
  }
}

extension SystemInterface {
  /// Sends bytes, some or all, and says how many.
  public nonisolated(nonsending) func send(
    _ bytes: [UInt8],
    to handle: Handle,
    timeout: Tick? = nil
  ) async throws -> Int {
    try await call(Send(bytes, to: handle, timeout: timeout))
  }

  /// Sends all bytes of a message.
  public nonisolated(nonsending) func sendAll(
    _ bytes: [UInt8],
    to handle: Handle,
    timeout: Tick? = nil
  ) async throws {
    try await call(SendAll(bytes, to: handle, timeout: timeout))
  }

  /// Sends all of a text.
  public nonisolated(nonsending) func sendAll(
    _ text: String,
    to handle: Handle,
    timeout: Tick? = nil
  ) async throws {
    try await call(SendAll(Array(text.utf8), to: handle, timeout: timeout))
  }
}
