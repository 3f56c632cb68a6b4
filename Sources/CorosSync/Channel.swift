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
  let carrier: Carrier

  /// Its number among the objects of its scheduler.
  public var id: ObjectID { carrier.object.id }
}

extension Channel: ObjectReply {}

extension Channel: CustomStringConvertible {
  /// Its number.
  public var description: String { "object \(id)" }
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
      let state = ChannelState(capacity: capacity, of: Value.self)
      let object = try kernel.make(state, named: name, isNew: isNew)
      guard try kernel.value(of: object).type == Value.self else {
        throw SystemCallError.otherObject(kind: ChannelState.kind, name: kernel.name(of: object))
      }
      return .reply(Channel(carrier: Carrier(object: object)))
    }
  }
}

/// Sends a value by a channel.
///
/// - Blocks: while there is no room and nobody to receive it, at most for `timeout` ticks. Reply: nothing. Errors:
///   `closed`; `timedOut`, and the value is not sent. O(1).
public struct Send<Value>: SystemCall {
  // The value last: where the others are is then known without the type of the value.
  /// By which channel.
  public let channel: Channel<Value>
  @usableFromInline let patience: Patience
  /// The value.
  public let value: Value

  /// The most ticks to wait; nil for ever.
  public var timeout: Tick? { patience.timeout }

  /// Makes the call; `timeout` is in ticks from the end of the caller's step.
  @inlinable
  public init(_ value: Value, on channel: Channel<Value>, timeout: Tick? = nil) {
    self.value = value
    self.channel = channel
    patience = Patience(timeout)
  }

  /// Without the type of the values.
  public static var name: String { SendParcel.name }

  /// The value, the channel, and the timeout if there is one.
  public func arguments(in kernel: KernelContext) -> String { packed.arguments(in: kernel) }

  /// That there is room for the value; nil with a timeout.
  public var attempt: Attempt? { packed.attempt }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { SendParcel.isTracked }

  /// Always.
  public static var cancellation: CancellationPoint { SendParcel.cancellation }

  /// Sends the value, or waits for room.
  public func handle(in kernel: KernelContext) -> Disposition<Void> { packed.handle(in: kernel) }

  /// Leaves it to the call that is the same for all types.
  public func _enter(_ kernel: KernelContext) {
    if Value.self == Int.self {
      let number = unsafeBitCast(value, to: Int.self)
      SendNumber(number: number, carrier: channel.carrier, patience: patience)._enter(kernel)
    } else {
      packed._enter(kernel)
    }
  }

  private var packed: SendParcel {
    SendParcel(parcel: Parcel(value), carrier: channel.carrier, patience: patience)
  }
}

/// Sends a value of any type by a channel.
struct SendParcel: SystemCall {
  let parcel: Parcel
  let carrier: Carrier
  let patience: Patience

  static var name: String { "Send" }
  var attempt: Attempt? { patience.timeout == nil ? .hasRoom : nil }
  static var isTracked: Bool { true }
  static var cancellation: CancellationPoint { .always }

  func arguments(in kernel: KernelContext) -> String {
    "\(parcel) on \(kernel.words(carrier.object, patience.timeout))"
  }

  func handle(in kernel: KernelContext) -> Disposition<Void> {
    .catching {
      if try carrier.put(parcel, in: kernel) { return .reply(()) }
      return .queue(
        carrier.object.id,
        mode: ChannelState.send,
        until: try kernel.deadline(after: patience.timeout)
      )
    }
  }

  /// Goes on, or fails when the channel was closed meanwhile.
  func resume(after wakeup: consuming Wakeup, in kernel: KernelContext) -> Disposition<Void> {
    switch consume wakeup {
    case .signalled(nil): .reply(())
    case .signalled(let error as SyncError): .fail(error)
    case .signalled: .reply(())
    default: .fail(SystemCallError.timedOut)
    }
  }
}

/// Sends a number by a channel: the same call, in three words, so that a wait takes no memory for it.
struct SendNumber: SystemCall {
  let number: Int
  let carrier: Carrier
  let patience: Patience

  static var name: String { SendParcel.name }
  static var isTracked: Bool { SendParcel.isTracked }
  static var cancellation: CancellationPoint { SendParcel.cancellation }
  var attempt: Attempt? { packed.attempt }

  func arguments(in kernel: KernelContext) -> String { packed.arguments(in: kernel) }

  func handle(in kernel: KernelContext) -> Disposition<Void> { packed.handle(in: kernel) }

  func resume(after wakeup: consuming Wakeup, in kernel: KernelContext) -> Disposition<Void> {
    packed.resume(after: wakeup, in: kernel)
  }

  private var packed: SendParcel {
    SendParcel(parcel: .number(number), carrier: carrier, patience: patience)
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
  public func arguments(in kernel: KernelContext) -> String {
    kernel.name(of: channel.carrier.object)
  }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Closes the channel.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .catching {
      let error = SyncError.closed(kernel.name(of: channel.carrier.object))
      return .reply(try channel.carrier.close(telling: error, in: kernel))
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

  /// Closes a channel; false when it was closed already.
  @discardableResult
  public nonisolated(nonsending) func close<Value>(
    _ channel: Channel<Value>
  ) async throws -> Bool {
    try await call(Close(channel))
  }
}
