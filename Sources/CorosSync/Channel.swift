public import CorosKernel

/// A queue of values between tasks, with a bound.
///
/// A sender waits while as many values are underway as the channel has room for; with no room at all, sender and
/// receiver meet. Values go to receivers, and senders go on, in the order in which they came. Anybody may close a
/// channel: what is in it is still received, and then every receiver gets nil.
///
/// ```swift
/// let channel: Channel<Int> = try await os.channel("line", capacity: 2)
/// try await os.send(7, on: channel)
/// let seven = try await os.receive(from: channel)
/// ```
public struct Channel<Value>: Hashable, Sendable {
  @usableFromInline let object: Object<ChannelState<Value>>

  @inlinable
  init(object: Object<ChannelState<Value>>) {
    self.object = object
  }

  /// Its number among the objects of its scheduler.
  public var id: ObjectID { object.id }
}

extension Channel: CustomStringConvertible {
  /// Its number.
  public var description: String { "object \(id)" }
}

@usableFromInline
struct ChannelState<Value>: KernelObject {
  @usableFromInline let capacity: Int
  /// What has been sent and not received, in the order of sending; more than there is room for only when a receiver
  /// was killed that had been given a value.
  @usableFromInline var items = Line<Received<Value>>()
  @usableFromInline var sent = 0
  @usableFromInline var isClosed = false

  @inlinable
  init(capacity: Int) {
    self.capacity = capacity
  }

  @inlinable static var kind: String { "channel" }
  @inlinable static var receive: UInt8 { 0 }
  @inlinable static var send: UInt8 { 1 }

  @inlinable var summary: String {
    "\(items.count) of \(capacity), \(isClosed ? "closed" : "open")"
  }

  @inlinable var count: Int? { items.count }
  @inlinable var maximum: Int? { capacity }

  @inlinable
  static func purpose(of mode: UInt8) -> String? { mode == send ? "send" : "receive" }

  @inlinable
  func fault(waiters: Int, holders: Int) -> String? {
    isClosed && waiters > 0 ? "is closed, and \(waiters) tasks wait" : nil
  }

  /// Puts a value behind those that were sent before.
  @inlinable
  mutating func append(_ value: Value) {
    sent += 1
    items.append(Received(value: value, number: sent))
  }

  /// Puts a value back where it was in the order of sending.
  @inlinable
  mutating func putBack(_ item: Received<Value>) {
    items.insert(item) { $0.number > item.number }
  }
}

/// A call that waits to send: who receives takes the value from it.
@usableFromInline
protocol Sending {
  /// What it sends by one of the objects that it waits for.
  func offer(_ alternative: Int) -> Any?
}

extension Channel {
  /// What a receiver finds.
  @usableFromInline
  enum Finding {
    case item(Received<Value>)
    case end
    case nothing
  }

  /// Takes the first value, and lets the first sender that waits go on.
  @inlinable
  func take(in kernel: KernelContext) throws(SystemCallError) -> Finding {
    let (first, hasRoom, isClosed) = try kernel.change(object) { state in
      let first = state.items.popFirst()
      return (first, state.items.count < state.capacity, state.isClosed)
    }
    if let first {
      if hasRoom, let value = letSenderGo(in: kernel) {
        try kernel.change(object) { $0.append(value) }
      }
      return .item(first)
    }
    if let value = letSenderGo(in: kernel) {
      let number = try kernel.change(object) { state in
        state.sent += 1
        return state.sent
      }
      return .item(Received(value: value, number: number))
    }
    return isClosed ? .end : .nothing
  }

  /// Ends the wait of the first sender, if one waits.
  ///
  /// - Returns: what it sends.
  @inlinable
  func letSenderGo(in kernel: KernelContext) -> Value? {
    guard let sender = kernel.firstWaiter(on: object, for: ChannelState<Value>.send),
      let call = kernel.call(of: sender)
    else { return nil }
    let value: Value
    if let send = call as? Send<Value> {
      value = send.value
    } else if let other = (call as? any Sending)?.offer(sender.alternative) as? Value {
      value = other
    } else {
      return nil
    }
    kernel.wake(sender)
    return value
  }

  /// Gives a value to the first receiver that waits, or keeps it where there is room.
  ///
  /// - Returns: false when neither can be.
  @inlinable
  func put(_ value: Value, in kernel: KernelContext) throws -> Bool {
    if try kernel.value(of: object).isClosed {
      throw SyncError.closed(kernel.name(of: object))
    }
    if let receiver = kernel.firstWaiter(on: object, for: ChannelState<Value>.receive) {
      let number = try kernel.change(object) { state in
        state.sent += 1
        return state.sent
      }
      kernel.wake(receiver, with: Received(value: value, number: number))
      return true
    }
    return try kernel.change(object) { state in
      guard state.items.count < state.capacity else { return false }
      state.append(value)
      return true
    }
  }

  /// Closes the channel; receivers that wait get nil, senders the error.
  ///
  /// - Returns: whether it was open.
  @inlinable
  func close(telling error: SyncError, in kernel: KernelContext) throws(SystemCallError) -> Bool {
    let wasOpen = try kernel.change(object) { state in
      defer { state.isClosed = true }
      return !state.isClosed
    }
    while let waiter = kernel.firstWaiter(on: object) {
      kernel.wake(waiter, with: waiter.mode == ChannelState<Value>.send ? error : nil)
    }
    return wasOpen
  }

  /// Gives a value that did not arrive to the next receiver, or puts it back.
  @inlinable
  func putBack(_ item: Received<Value>, in kernel: KernelContext) {
    if let receiver = kernel.firstWaiter(on: object, for: ChannelState<Value>.receive) {
      kernel.wake(receiver, with: item)
    } else {
      _ = try? kernel.change(object) { $0.putBack(item) }
    }
  }
}

/// Makes a channel, or finds the one of that name.
///
/// - Blocks: never. Reply: the channel. Errors: `tooManyObjects`; `otherObject` when the one of that name carries values
///   of another type; `invalidArgument` for a negative capacity. O(1).
public struct MakeChannel<Value>: SystemCall {
  /// Its name; nil to make one that is called by its number.
  public let name: String?
  /// For how many values it has room; with 0, sender and receiver meet.
  public let capacity: Int
  /// Whether it is made in any case, and a name that is taken gets a number.
  public let isNew: Bool

  /// Makes the call.
  @inlinable
  public init(_ name: String? = nil, capacity: Int = 0, isNew: Bool = false) {
    self.name = name
    self.isNew = isNew
    self.capacity = capacity
  }

  /// Without the type of the values.
  @inlinable
  public static var name: String { "MakeChannel" }

  /// The name, and the room.
  @inlinable
  public var arguments: String { (name.map { "\($0), " } ?? "") + "\(capacity)" }

  /// Yes: it touches nothing that it does not ask of its context.
  @inlinable
  public static var isTracked: Bool { true }

  /// Makes or finds the channel.
  @inlinable
  public func handle(in kernel: KernelContext) -> Disposition<Channel<Value>> {
    .catching {
      guard capacity >= 0 else {
        throw SystemCallError.invalidArgument("a channel cannot have room for \(capacity) values")
      }
      let state = ChannelState<Value>(capacity: capacity)
      return .reply(Channel(object: try kernel.make(state, named: name, isNew: isNew)))
    }
  }
}

/// Sends a value by a channel.
///
/// - Blocks: while there is no room and nobody to receive it, at most for `timeout` ticks. Reply: nothing. Errors:
///   `closed`; `timedOut`, and the value is not sent. O(1).
public struct Send<Value>: SystemCall, Sending {
  /// The value.
  public let value: Value
  /// By which channel.
  public let channel: Channel<Value>
  /// The most ticks to wait; nil for ever.
  public let timeout: Tick?

  /// Makes the call; `timeout` is in ticks from the end of the caller's step.
  @inlinable
  public init(_ value: Value, on channel: Channel<Value>, timeout: Tick? = nil) {
    self.value = value
    self.channel = channel
    self.timeout = timeout
  }

  /// Without the type of the values.
  @inlinable
  public static var name: String { "Send" }

  /// The value, the channel, and the timeout if there is one.
  @inlinable
  public func arguments(in kernel: KernelContext) -> String {
    "\(value) on \(kernel.words(channel.object, timeout))"
  }

  /// That there is room for the value.
  public static var attempt: Attempt? { .hasRoom }

  /// Yes: it touches nothing that it does not ask of its context.
  @inlinable
  public static var isTracked: Bool { true }

  /// Always.
  @inlinable
  public static var cancellation: CancellationPoint { .always }

  /// Sends the value, or waits for room.
  @inlinable
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    .catching {
      if try channel.put(value, in: kernel) { return .reply(()) }
      let place = try kernel.place(in: channel.object, for: ChannelState<Value>.send)
      return .block(on: .object(place), until: try kernel.deadline(after: timeout))
    }
  }

  /// Goes on, or fails when the channel was closed meanwhile.
  @inlinable
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Void> {
    switch wakeup {
    case .signalled(let error as SyncError): .fail(error)
    case .signalled: .reply(())
    default: .fail(SystemCallError.timedOut)
    }
  }

  @inlinable
  func offer(_ alternative: Int) -> Any? { value }
}

/// Closes a channel: nothing more can be sent.
///
/// Receivers that wait get nil; senders that wait fail, and their values are not sent.
///
/// - Blocks: never. Reply: whether it was open. O(1) for each task that waits.
public struct Close<Value>: SystemCall {
  /// Which channel.
  public let channel: Channel<Value>

  /// Makes the call.
  @inlinable
  public init(_ channel: Channel<Value>) {
    self.channel = channel
  }

  /// Without the type of the values.
  @inlinable
  public static var name: String { "Close" }

  /// The channel.
  @inlinable
  public func arguments(in kernel: KernelContext) -> String { kernel.name(of: channel.object) }

  /// Yes: it touches nothing that it does not ask of its context.
  @inlinable
  public static var isTracked: Bool { true }

  /// Closes the channel.
  @inlinable
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .catching {
      let error = SyncError.closed(kernel.name(of: channel.object))
      return .reply(try channel.close(telling: error, in: kernel))
    }
  }
}

extension SystemInterface {
  /// The channel of that name, made if need be; without a name, a new one.
  @inlinable
  public nonisolated(nonsending) func channel<Value>(
    _ name: String? = nil,
    capacity: Int = 0,
    isNew: Bool = false
  ) async throws -> Channel<Value> {
    try await call(MakeChannel(name, capacity: capacity, isNew: isNew))
  }

  /// Sends a value by a channel.
  @inlinable
  public nonisolated(nonsending) func send<Value>(
    _ value: Value,
    on channel: Channel<Value>,
    timeout: Tick? = nil
  ) async throws {
    try await call(Send(value, on: channel, timeout: timeout))
  }

  /// Closes a channel; false when it was closed already.
  @inlinable
  @discardableResult
  public nonisolated(nonsending) func close<Value>(
    _ channel: Channel<Value>
  ) async throws -> Bool {
    try await call(Close(channel))
  }
}
