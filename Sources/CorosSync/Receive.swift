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
  /// The most ticks to wait; nil for ever.
  public let timeout: Tick?

  /// Makes the call; `timeout` is in ticks from the end of the caller's step.
  @inlinable
  public init(from channel: Channel<Value>, timeout: Tick? = nil) {
    self.channel = channel
    self.timeout = timeout
  }

  /// Without the type of the values.
  @inlinable
  public static var name: String { "Receive" }

  /// The channel, and the timeout if there is one.
  @inlinable
  public func arguments(in kernel: KernelContext) -> String {
    "from \(kernel.words(channel.object, timeout))"
  }

  /// That there is a value.
  public static var attempt: Attempt? { .hasSome }

  /// Yes: it touches nothing that it does not ask of its context.
  @inlinable
  public static var isTracked: Bool { true }

  /// Always.
  @inlinable
  public static var cancellation: CancellationPoint { .always }

  /// Yes: a value.
  @inlinable
  public static var isGrant: Bool { true }

  /// Takes a value, or waits for one.
  @inlinable
  public func handle(in kernel: KernelContext) -> Disposition<Received<Value>?> {
    .catching {
      switch try channel.take(in: kernel) {
      case .item(let item): return .reply(item)
      case .end: return .reply(nil)
      case .nothing:
        let place = try kernel.place(in: channel.object, for: ChannelState<Value>.receive)
        return .block(on: .object(place), until: try kernel.deadline(after: timeout))
      }
    }
  }

  /// Replies with the value that came; with none when the channel was closed.
  @inlinable
  public func resume(
    after wakeup: Wakeup,
    in kernel: KernelContext
  ) -> Disposition<Received<Value>?> {
    if case .signalled(let item) = wakeup { return .reply(item as? Received<Value>) }
    return .fail(SystemCallError.timedOut)
  }

  /// Gives the value to another, or puts it back.
  @inlinable
  public func takeBack(_ reply: Received<Value>??, in kernel: KernelContext) {
    if case .some(.some(let item)) = reply { channel.putBack(item, in: kernel) }
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
