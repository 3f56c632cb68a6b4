public import CorosKernel

/// Waits for whichever of several things comes first: a value, room for one, a permit, an event, a message.
///
/// Of several that are there at once it takes the first as written, or one by chance when it is asked to be fair. While
/// it waits it stands in all their queues with one ticket: when one gives it something, it has left the others in the
/// same step, and nothing was taken from them.
///
/// - Blocks: until one comes, at most for `timeout` ticks; not at all when it need not wait. Reply: which came, with its
///   value. Errors: those of the alternative that comes first, such as `closed`; `invalidArgument` without an alternative.
///   O(1) for each alternative.
public struct Select: SystemCall, Sending, Receiving {
  /// What comes first ends the call.
  public struct Alternative {
    let way: any SelectWay

    /// A value is received; nil when the channel is closed and empty.
    public static func receive<Value>(from channel: Channel<Value>) -> Alternative {
      Alternative(way: ReceiveWay(carrier: channel.carrier))
    }

    /// A value is sent.
    public static func send<Value>(_ value: Value, on channel: Channel<Value>) -> Alternative {
      Alternative(way: SendWay(parcel: Parcel(value), carrier: channel.carrier))
    }

    /// A permit is taken.
    public static func acquire(_ semaphore: Semaphore) -> Alternative {
      Alternative(way: AcquireWay(semaphore: semaphore))
    }

    /// A message comes into the caller's mailbox of which something can be made.
    ///
    /// The ends of tasks come as messages, too: see ``MonitorTask``.
    public static func message<Value>(
      matching match: @escaping (Message) -> Value?
    ) -> Alternative {
      Alternative(way: MessageWay(match: match))
    }

    /// An event is set.
    public static func event(_ event: EventFlag) -> Alternative {
      Alternative(way: EventWay(event: event))
    }
  }

  /// Which alternative came first.
  public struct Choice {
    /// Its place among the alternatives, from 0; nil when the time was up, or there was no need to wait.
    public let index: Int?
    /// What came with it; nil when nothing does, or the channel was closed.
    public let value: Any?
    let undo: (any SelectWay)?
  }

  /// The alternatives, as written.
  public let alternatives: [Alternative]
  /// Whether chance decides among those that are there at once.
  public let isFair: Bool
  /// Whether it waits.
  public let waits: Bool
  /// The most ticks to wait; nil for ever.
  public let timeout: Tick?

  /// Makes the call.
  ///
  /// - Parameters:
  ///   - alternatives: what may come.
  ///   - isFair: whether chance, by the scheduler's seed, decides among those that are there at once.
  ///   - waits: whether it waits; if not, it replies that none was there.
  ///   - timeout: the most ticks to wait, from the end of the caller's step; it then replies that none came.
  public init(
    _ alternatives: [Alternative],
    isFair: Bool = false,
    waits: Bool = true,
    timeout: Tick? = nil
  ) {
    self.alternatives = alternatives
    self.isFair = isFair
    self.waits = waits
    self.timeout = timeout
  }

  /// The names of the objects, and the timeout if there is one.
  public func arguments(in kernel: KernelContext) -> String {
    let names = alternatives.map { (try? $0.way.place(in: kernel))?.name ?? "nothing" }
    return names.joined(separator: " or ") + (timeout.map { ", timeout \($0)" } ?? "")
  }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Always.
  public static var cancellation: CancellationPoint { .always }

  /// Yes: what came.
  public static var isGrant: Bool { true }

  /// Takes what is there, or waits.
  public func handle(in kernel: KernelContext) -> Disposition<Choice> {
    .catching {
      if alternatives.isEmpty {
        throw SystemCallError.invalidArgument("a select without an alternative")
      }
      let deadline = try kernel.deadline(after: timeout)
      for index in try order(in: kernel) {
        let way = alternatives[index].way
        if let taken = try way.take(in: kernel) {
          return .reply(Choice(index: index, value: taken.value, undo: way))
        }
      }
      if !waits { return .reply(Choice(index: nil, value: nil, undo: nil)) }
      return .block(
        on: .anyOf(try alternatives.map { try $0.way.place(in: kernel) }),
        until: deadline
      )
    }
  }

  /// In which order to try the alternatives.
  private func order(in kernel: KernelContext) throws -> [Int] {
    let written = Array(alternatives.indices)
    guard isFair else { return written }
    let ready = try written.filter { try alternatives[$0].way.isReady(in: kernel) }
    return ready.count < 2 ? ready : [ready[kernel.random(below: ready.count)]]
  }

  /// Says which alternative came first.
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Choice> {
    guard case .chosen(let index, let value) = wakeup else {
      return .reply(Choice(index: nil, value: nil, undo: nil))
    }
    if let error = value as? SyncError { return .fail(error) }
    let way = alternatives[index].way
    return .reply(Choice(index: index, value: value, undo: way))
  }

  /// Gives what came to another.
  public func takeBack(_ reply: Choice?, in kernel: KernelContext) {
    if let reply { reply.undo?.takeBack(reply.value, in: kernel) }
  }

  func offer(_ alternative: Int) -> Parcel? {
    alternatives.indices.contains(alternative) ? alternatives[alternative].way.offer : nil
  }

  func pick(_ message: Message) -> (value: Any, alternative: Int)? {
    for index in alternatives.indices {
      if let value = alternatives[index].way.pick(message) { return (value, index) }
    }
    return nil
  }
}

extension Select.Choice {
  /// The value received from a channel of that type; nil when another alternative came, or the channel was closed.
  public func received<Value>(_ type: Value.Type = Value.self) -> Value? {
    (value as? Received<Value>)?.value
  }

  /// What was made of a message; nil when another alternative came.
  public func message<Value>(_ type: Value.Type = Value.self) -> Value? { value as? Value }
}

extension Select.Choice: RecognisableReply {
  package func hashState(into hasher: inout Hasher) -> Bool {
    hasher.combine(index)
    guard let value else { return true }
    guard let value = value as? any Hashable else { return false }
    value.hash(into: &hasher)
    return true
  }
}

extension Select.Choice: CustomStringConvertible {
  /// The place of the alternative, and its value.
  public var description: String {
    guard let index else { return "none" }
    let words = ["first", "second", "third", "fourth", "fifth"]
    let place = words.indices.contains(index) ? "the \(words[index])" : "number \(index + 1)"
    return value.map { "\(place): \($0)" } ?? place
  }
}

/// How a select deals with one kind of alternative.
protocol SelectWay {
  /// What it sends, if it does.
  var offer: Parcel? { get }

  /// What it makes of a message; nil when it wants none, or not this one.
  func pick(_ message: Message) -> Any?

  /// Whether it is there without waiting.
  func isReady(in kernel: KernelContext) throws -> Bool

  /// Takes what is there; nil when it would have to wait.
  func take(in kernel: KernelContext) throws -> SelectTaking?

  /// Where to wait for it.
  func place(in kernel: KernelContext) throws -> ObjectPlace

  /// Gives to another what was taken.
  func takeBack(_ value: Any?, in kernel: KernelContext)
}

/// What an alternative has given.
struct SelectTaking {
  var value: Any?
}

extension SelectWay {
  var offer: Parcel? { nil }
  func pick(_ message: Message) -> Any? { nil }
  func takeBack(_ value: Any?, in kernel: KernelContext) {}
}

private struct ReceiveWay: SelectWay {
  let carrier: Carrier

  func isReady(in kernel: KernelContext) throws -> Bool {
    let state = try kernel.value(of: carrier.object)
    return !state.items.isEmpty || state.isClosed
      || kernel.firstWaiter(on: carrier.object, for: ChannelState.send) != nil
  }

  func take(in kernel: KernelContext) throws -> SelectTaking? {
    switch try carrier.take(in: kernel) {
    case .item(let item): SelectTaking(value: item)
    case .end: SelectTaking()
    case .nothing: nil
    }
  }

  func place(in kernel: KernelContext) throws -> ObjectPlace {
    try kernel.place(in: carrier.object, for: ChannelState.receive)
  }

  func takeBack(_ value: Any?, in kernel: KernelContext) {
    if let item = value as? any ReceivedValue { carrier.putBack(item, in: kernel) }
  }
}

private struct SendWay: SelectWay {
  let parcel: Parcel
  let carrier: Carrier

  var offer: Parcel? { parcel }

  func isReady(in kernel: KernelContext) throws -> Bool {
    let state = try kernel.value(of: carrier.object)
    return state.isClosed || state.items.count < state.capacity
      || kernel.firstWaiter(on: carrier.object, for: ChannelState.receive) != nil
  }

  func take(in kernel: KernelContext) throws -> SelectTaking? {
    try carrier.put(parcel, in: kernel) ? SelectTaking() : nil
  }

  func place(in kernel: KernelContext) throws -> ObjectPlace {
    try kernel.place(in: carrier.object, for: ChannelState.send)
  }
}

private struct AcquireWay: SelectWay {
  let semaphore: Semaphore

  func isReady(in kernel: KernelContext) throws -> Bool {
    try kernel.value(of: semaphore.object).value > 0
  }

  func take(in kernel: KernelContext) throws -> SelectTaking? {
    guard try semaphore.take(in: kernel) else { return nil }
    kernel.notePermitTaken(of: semaphore.object)
    return SelectTaking()
  }

  func place(in kernel: KernelContext) throws -> ObjectPlace {
    try kernel.place(in: semaphore.object)
  }

  func takeBack(_ value: Any?, in kernel: KernelContext) { semaphore.putBack(in: kernel) }
}

private struct MessageWay<Value>: SelectWay {
  let match: (Message) -> Value?

  func pick(_ message: Message) -> Any? { match(message) }

  func isReady(in kernel: KernelContext) throws -> Bool {
    let box = try kernel.ownMailbox(for: Select.name)
    return try kernel.value(of: box).messages.contains { match($0) != nil }
  }

  func take(in kernel: KernelContext) throws -> SelectTaking? {
    let box = try kernel.ownMailbox(for: Select.name)
    return try kernel.change(box) { $0.messages.takeFirst(match) }.map { SelectTaking(value: $0) }
  }

  func place(in kernel: KernelContext) throws -> ObjectPlace {
    try kernel.place(in: kernel.ownMailbox(for: Select.name))
  }
}

private struct EventWay: SelectWay {
  let event: EventFlag

  func isReady(in kernel: KernelContext) throws -> Bool {
    try kernel.value(of: event.object).isSet
  }

  func take(in kernel: KernelContext) throws -> SelectTaking? {
    try isReady(in: kernel) ? SelectTaking() : nil
  }

  func place(in kernel: KernelContext) throws -> ObjectPlace {
    try kernel.place(in: event.object)
  }
}

extension SystemInterface {
  /// Waits for whichever of several things comes first.
  public nonisolated(nonsending) func select(
    _ alternatives: Select.Alternative...,
    isFair: Bool = false,
    waits: Bool = true,
    timeout: Tick? = nil
  ) async throws -> Select.Choice {
    try await call(Select(alternatives, isFair: isFair, waits: waits, timeout: timeout))
  }
}
