public import CorosKernel

/// A value that a task has received.
public struct Received<Value> {
  /// The value.
  public let value: Value
  /// As which of the channel's values it was sent, from 1.
  public let number: Int

  @inlinable
  init(value: Value, number: Int) {
    self.value = value
    self.number = number
  }
}

extension Received: Equatable where Value: Equatable {}
extension Received: Hashable where Value: Hashable {}

extension Received: CustomStringConvertible {
  /// The value.
  public var description: String { "\(value)" }
}

/// Receives the next value from a channel.
///
/// - Blocks: while there is none and the channel is open, at most for `timeout` ticks. Reply: the value; nil when the
///   channel is closed and empty. Errors: `timedOut`. O(1).
public struct Receive<Value>: SystemCall {
  /// From which channel.
  public let channel: Channel<Value>
  @usableFromInline let patience: Patience

  /// The most ticks to wait; nil for ever.
  public var timeout: Tick? { patience.timeout }

  /// Makes the call; `timeout` is in ticks from the end of the caller's step.
  @inlinable
  public init(from channel: Channel<Value>, timeout: Tick? = nil) {
    self.channel = channel
    patience = Patience(timeout)
  }

  /// Without the type of the values.
  public static var name: String { ReceiveParcel.name }

  /// The channel, and the timeout if there is one.
  public func arguments(in kernel: KernelContext) -> String { unpacked.arguments(in: kernel) }

  /// That there is a value; nil with a timeout.
  public var attempt: Attempt? { unpacked.attempt }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { ReceiveParcel.isTracked }

  /// Always.
  public static var cancellation: CancellationPoint { ReceiveParcel.cancellation }

  /// Yes: a value.
  public static var isGrant: Bool { ReceiveParcel.isGrant }

  /// Takes a value, or waits for one.
  public func handle(in kernel: KernelContext) -> Disposition<Received<Value>?> {
    switch unpacked.handle(in: kernel) {
    case .reply(let item): .reply(item as? Received<Value>)
    case .usual: .reply(nil)
    case .fail(let error): .fail(error)
    case .block(let reason, let deadline): .block(on: reason, until: deadline)
    case .queue(let object, let mode, let deadline): .queue(object, mode: mode, until: deadline)
    case .finish(let status): .finish(status)
    }
  }

  /// Leaves it to the call that is the same for all types.
  public func _enter(_ kernel: KernelContext) { unpacked._enter(kernel) }

  private var unpacked: ReceiveParcel {
    ReceiveParcel(carrier: channel.carrier, patience: patience)
  }
}

/// Receives the next value from a channel, of whatever type; the reply is a `Received`, or nil of such.
struct ReceiveParcel: SystemCall {
  let carrier: Carrier
  let patience: Patience

  static var name: String { "Receive" }
  var attempt: Attempt? { patience.timeout == nil ? .hasSome : nil }
  static var isTracked: Bool { true }
  static var cancellation: CancellationPoint { .always }
  static var isGrant: Bool { true }

  /// A nil of one type is a nil of any.
  private static var nothing: Any { Received<Never>?.none as Any }

  func arguments(in kernel: KernelContext) -> String {
    "from \(kernel.words(carrier.object, patience.timeout))"
  }

  func handle(in kernel: KernelContext) -> Disposition<Any> {
    .catching {
      switch try carrier.take(in: kernel) {
      case .item(let item): return .reply(item)
      case .end: return .reply(Self.nothing)
      case .nothing:
        return .queue(
          carrier.object.id,
          mode: ChannelState.receive,
          until: try kernel.deadline(after: patience.timeout)
        )
      }
    }
  }

  /// Replies with the value that came; with none when the channel was closed.
  func resume(after wakeup: consuming Wakeup, in kernel: KernelContext) -> Disposition<Any> {
    guard case .signalled(let item) = consume wakeup else {
      return .fail(SystemCallError.timedOut)
    }
    if let item { return .reply(item) }
    return .reply(Self.nothing)
  }

  /// Gives the value to another, or puts it back.
  func takeBack(_ reply: Any?, in kernel: KernelContext) {
    if let item = reply as? any ReceivedValue { carrier.putBack(item, in: kernel) }
  }
}

extension SystemInterface {
  /// Receives the next value from a channel; nil when it is closed and empty.
  @inlinable
  public nonisolated(nonsending) func receive<Value>(
    from channel: Channel<Value>,
    timeout: Tick? = nil
  ) async throws -> Value? {
    try await call(Receive(from: channel, timeout: timeout))?.value
  }
}
