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
  public var bytes: [UInt8] { parcel.bytes }
  /// The most ticks to wait; nil for ever.
  public var timeout: Tick? { parcel.timeout }
  private let parcel: Parcel

  /// Makes the call.
  public init(_ bytes: [UInt8], to handle: Handle, timeout: Tick? = nil) {
    self.handle = handle
    parcel = Parcel(bytes, within: timeout)
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

  func prepare(_ facts: inout HandleFacts, in kernel: KernelContext) {
    kernel.beginSending(handle.object, &facts)
  }

  func attempt(for task: TaskID, _ facts: HandleFacts, in kernel: KernelContext) -> Attempted<Int> {
    let bytes = bytes
    return bytes.isEmpty ? .reply(0) : kernel.send(bytes[...], to: handle, facts)
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
  public var bytes: [UInt8] { parcel.bytes }
  /// The most ticks to wait; nil for ever.
  public var timeout: Tick? { parcel.timeout }
  private let parcel: Parcel

  /// Makes the call.
  public init(_ bytes: [UInt8], to handle: Handle, timeout: Tick? = nil) {
    self.handle = handle
    parcel = Parcel(bytes, within: timeout)
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

  func prepare(_ facts: inout HandleFacts, in kernel: KernelContext) {
    kernel.beginSending(handle.object, &facts)
  }

  func attempt(for task: TaskID, _ facts: HandleFacts, in kernel: KernelContext) -> Attempted<Void>
  {
    var facts = facts
    let bytes = bytes
    while facts.progress < bytes.count {
      switch kernel.send(bytes[facts.progress...], to: handle, facts) {
      case .reply(let count):
        facts.sent += count
        facts.progress += count
      case .fail(let error): return .fail(error)
      case .again: return .again
      }
    }
    return .reply(())
  }
}

extension KernelContext {
  fileprivate func beginSending(_ object: Object<HandleState>, _ facts: inout HandleFacts) {
    // Something is left there by a message that was not sent to its end.
    if facts.progress == 0 { return }
    _ = try? change(object) { $0.facts.progress = 0 }
    facts.progress = 0
  }

  /// Sends some of the last bytes of a message, and counts them.
  fileprivate func send(
    _ bytes: ArraySlice<UInt8>,
    to handle: Handle,
    _ facts: HandleFacts
  ) -> Attempted<Int> {
    if facts.kind == .listener {
      return .fail(
        IOFailure.unsupported("\(handle) is a listener: it has connections, and takes no bytes")
      )
    }
    switch ask(.send(key: facts.key, bytes.prefix(SystemDevice.largestTransfer)), facts) {
    case .count(let count)?:
      _ = try? change(handle.object) {
        $0.facts.sent += count
        $0.facts.progress = count == bytes.count ? 0 : $0.facts.progress + count
      }
      return .reply(count)
    case let other: return unfinished(other, .write, of: handle)
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
