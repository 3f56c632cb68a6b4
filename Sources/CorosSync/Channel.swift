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
  let object: Object<ChannelState<Value>>

  /// Its number among the objects of its scheduler.
  public var id: ObjectID { object.id }
}

extension Channel: CustomStringConvertible {
  /// Its number.
  public var description: String { "object \(id)" }
}

/// A value that a task has received.
public struct Received<Value> {
  /// The value.
  public let value: Value
  /// As which of the channel's values it was sent, from 1.
  public let number: Int
}

extension Received: Equatable where Value: Equatable {}
extension Received: Hashable where Value: Hashable {}

extension Received: CustomStringConvertible {
  /// The value.
  public var description: String { "\(value)" }
}

struct ChannelState<Value>: KernelObject {
  let capacity: Int
  /// What has been sent and not received, in the order of sending; more than there is room for only when a receiver
  /// was killed that had been given a value.
  var items = Line<Received<Value>>()
  var sent = 0
  var isClosed = false

  static var kind: String { "channel" }
  static var receive: UInt8 { 0 }
  static var send: UInt8 { 1 }

  var summary: String {
    "\(items.count) of \(capacity), \(isClosed ? "closed" : "open")"
  }

  var count: Int? { items.count }
  var maximum: Int? { capacity }

  static func purpose(of mode: UInt8) -> String? { mode == send ? "send" : "receive" }

  func fault(waiters: Int, holders: Int) -> String? {
    isClosed && waiters > 0 ? "is closed, and \(waiters) tasks wait" : nil
  }

  /// Puts a value behind those that were sent before.
  mutating func append(_ value: Value) {
    sent += 1
    items.append(Received(value: value, number: sent))
  }

  /// Puts a value back where it was in the order of sending.
  mutating func putBack(_ item: Received<Value>) {
    items.insert(item) { $0.number > item.number }
  }
}

/// A call that waits to send: who receives takes the value from it.
protocol Sending {
  /// What it sends by one of the objects that it waits for.
  func offer(_ alternative: Int) -> Any?
}

extension Channel {
  /// What a receiver finds.
  enum Finding {
    case item(Received<Value>)
    case end
    case nothing
  }

  /// Takes the first value, and lets the first sender that waits go on.
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
  private func letSenderGo(in kernel: KernelContext) -> Value? {
    guard let sender = kernel.firstWaiter(on: object, for: ChannelState<Value>.send),
      let call = kernel.call(of: sender) as? any Sending,
      let value = call.offer(sender.alternative) as? Value
    else { return nil }
    kernel.wake(sender)
    return value
  }

  /// Gives a value to the first receiver that waits, or keeps it where there is room.
  ///
  /// - Returns: false when neither can be.
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

  /// Gives a value that did not arrive to the next receiver, or puts it back.
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
  public init(_ name: String? = nil, capacity: Int = 0, isNew: Bool = false) {
    self.name = name
    self.isNew = isNew
    self.capacity = capacity
  }

  /// Without the type of the values.
  public static var name: String { "MakeChannel" }

  /// The name, and the room.
  public var arguments: String { (name.map { "\($0), " } ?? "") + "\(capacity)" }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Makes or finds the channel.
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
  public init(_ value: Value, on channel: Channel<Value>, timeout: Tick? = nil) {
    self.value = value
    self.channel = channel
    self.timeout = timeout
  }

  /// Without the type of the values.
  public static var name: String { "Send" }

  /// The value, the channel, and the timeout if there is one.
  public func arguments(in kernel: KernelContext) -> String {
    "\(value) on \(kernel.words(channel.object, timeout))"
  }

  /// That there is room for the value.
  public static var attempt: Attempt? { .hasRoom }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Always.
  public static var cancellation: CancellationPoint { .always }

  /// Sends the value, or waits for room.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    .catching {
      if try channel.put(value, in: kernel) { return .reply(()) }
      let place = try kernel.place(in: channel.object, for: ChannelState<Value>.send)
      return .block(on: .object(place), until: try kernel.deadline(after: timeout))
    }
  }

  /// Goes on, or fails when the channel was closed meanwhile.
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Void> {
    switch wakeup {
    case .signalled(let error as SyncError): .fail(error)
    case .signalled: .reply(())
    default: .fail(SystemCallError.timedOut)
    }
  }

  func offer(_ alternative: Int) -> Any? { value }
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
  public init(from channel: Channel<Value>, timeout: Tick? = nil) {
    self.channel = channel
    self.timeout = timeout
  }

  /// Without the type of the values.
  public static var name: String { "Receive" }

  /// The channel, and the timeout if there is one.
  public func arguments(in kernel: KernelContext) -> String {
    "from \(kernel.words(channel.object, timeout))"
  }

  /// That there is a value.
  public static var attempt: Attempt? { .hasSome }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Always.
  public static var cancellation: CancellationPoint { .always }

  /// Yes: a value.
  public static var isGrant: Bool { true }

  /// Takes a value, or waits for one.
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
  public func resume(
    after wakeup: Wakeup,
    in kernel: KernelContext
  ) -> Disposition<Received<Value>?> {
    if case .signalled(let item) = wakeup { return .reply(item as? Received<Value>) }
    return .fail(SystemCallError.timedOut)
  }

  /// Gives the value to another, or puts it back.
  public func takeBack(_ reply: Received<Value>??, in kernel: KernelContext) {
    if case .some(.some(let item)) = reply { channel.putBack(item, in: kernel) }
  }
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
  public init(_ channel: Channel<Value>) {
    self.channel = channel
  }

  /// Without the type of the values.
  public static var name: String { "Close" }

  /// The channel.
  public func arguments(in kernel: KernelContext) -> String { kernel.name(of: channel.object) }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Closes the channel.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .catching {
      let wasOpen = try kernel.change(channel.object) { state in
        defer { state.isClosed = true }
        return !state.isClosed
      }
      let error = SyncError.closed(kernel.name(of: channel.object))
      while let waiter = kernel.firstWaiter(on: channel.object) {
        kernel.wake(waiter, with: waiter.mode == ChannelState<Value>.send ? error : nil)
      }
      return .reply(wasOpen)
    }
  }
}

extension SystemInterface {
  /// The channel of that name, made if need be; without a name, a new one.
  public nonisolated(nonsending) func channel<Value>(
    _ name: String? = nil,
    capacity: Int = 0,
    isNew: Bool = false
  ) async throws -> Channel<Value> {
    try await call(MakeChannel(name, capacity: capacity, isNew: isNew))
  }

  /// Sends a value by a channel.
  public nonisolated(nonsending) func send<Value>(
    _ value: Value,
    on channel: Channel<Value>,
    timeout: Tick? = nil
  ) async throws {
    try await call(Send(value, on: channel, timeout: timeout))
  }

  /// Receives the next value from a channel; nil when it is closed and empty.
  public nonisolated(nonsending) func receive<Value>(
    from channel: Channel<Value>,
    timeout: Tick? = nil
  ) async throws -> Value? {
    try await call(Receive(from: channel, timeout: timeout))?.value
  }

  /// Closes a channel; false when it was closed already.
  @discardableResult
  public nonisolated(nonsending) func close<Value>(
    _ channel: Channel<Value>
  ) async throws -> Bool {
    try await call(Close(channel))
  }
}
