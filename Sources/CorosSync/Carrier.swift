public import CorosKernel

/// A channel, whatever the type of its values.
@usableFromInline
struct Carrier: Hashable, Sendable {
  @usableFromInline let object: Object<ChannelState>

  @usableFromInline
  init(object: Object<ChannelState>) {
    self.object = object
  }

  /// What a receiver finds.
  enum Finding {
    case item(Any)
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
      if hasRoom, let parcel = letSenderGo(in: kernel) {
        try kernel.change(object) { $0.append(parcel) }
      }
      return .item(first.parcel.received(as: first.number))
    }
    if let parcel = letSenderGo(in: kernel) {
      return .item(parcel.received(as: try nextNumber(in: kernel)))
    }
    return isClosed ? .end : .nothing
  }

  /// Ends the wait of the first sender, if one waits.
  ///
  /// - Returns: what it sends.
  private func letSenderGo(in kernel: KernelContext) -> Parcel? {
    guard kernel.hasWaiters(on: object),
      let sender = kernel.firstWaiter(on: object, for: ChannelState.send),
      let call = kernel.call(of: sender)
    else { return nil }
    guard let parcel = parcel(of: call, sender.alternative) else { return nil }
    kernel.wake(sender)
    return parcel
  }

  private func parcel(of call: any SystemCall, _ alternative: Int) -> Parcel? {
    if let number = call.exactly(SendNumber.self)?.number { return .number(number) }
    if let parcel = call.exactly(SendParcel.self)?.parcel { return parcel }
    return (call as? any Sending)?.offer(alternative)
  }

  /// Gives a value to the first receiver that waits, or keeps it where there is room.
  ///
  /// - Returns: false when neither can be.
  func put(_ parcel: Parcel, in kernel: KernelContext) throws -> Bool {
    let receiver =
      kernel.hasWaiters(on: object)
      ? kernel.firstWaiter(on: object, for: ChannelState.receive) : nil
    let number = try kernel.change(object) { state in
      state.number(of: parcel, isAwaited: receiver != nil)
    }
    guard let number else {
      if try kernel.value(of: object).isClosed {
        throw SyncError.closed(kernel.name(of: object))
      }
      return false
    }
    if let receiver { kernel.wake(receiver, with: parcel.received(as: number)) }
    return true
  }

  private func nextNumber(in kernel: KernelContext) throws(SystemCallError) -> Int {
    try kernel.change(object) { state in
      state.sent += 1
      return state.sent
    }
  }

  /// Closes the channel; receivers that wait get nil, senders the error.
  ///
  /// - Returns: whether it was open.
  func close(telling error: SyncError, in kernel: KernelContext) throws(SystemCallError) -> Bool {
    let wasOpen = try kernel.change(object) { state in
      defer { state.isClosed = true }
      return !state.isClosed
    }
    while let waiter = kernel.firstWaiter(on: object) {
      kernel.wake(waiter, with: waiter.mode == ChannelState.send ? error : nil)
    }
    return wasOpen
  }

  /// Gives a value that did not arrive to the next receiver, or puts it back.
  func putBack(_ item: any ReceivedValue, in kernel: KernelContext) {
    if let receiver = kernel.firstWaiter(on: object, for: ChannelState.receive) {
      kernel.wake(receiver, with: item)
    } else {
      _ = try? kernel.change(object) { $0.putBack(item) }
    }
  }
}

@usableFromInline
struct ChannelState: KernelObject {
  /// A value, and as which it was sent.
  struct Item {
    let parcel: Parcel
    let number: Int
  }

  let capacity: Int
  /// The type of its values.
  let type: any Any.Type
  /// What has been sent and not received, in the order of sending; more than there is room for only when a receiver
  /// was killed that had been given a value.
  var items = Line<Item>()
  var sent = 0
  var isClosed = false

  init(capacity: Int, of type: any Any.Type) {
    self.capacity = capacity
    self.type = type
  }

  @usableFromInline static var kind: String { "channel" }
  static var receive: UInt8 { 0 }
  static var send: UInt8 { 1 }

  @usableFromInline var summary: String {
    "\(items.count) of \(capacity), \(isClosed ? "closed" : "open")"
  }

  @usableFromInline var count: Int? { items.count }
  @usableFromInline var maximum: Int? { capacity }

  @usableFromInline
  static func purpose(of mode: UInt8) -> String? { mode == send ? "send" : "receive" }

  @usableFromInline
  func fault(waiters: Int, holders: Int) -> String? {
    isClosed && waiters > 0 ? "is closed, and \(waiters) tasks wait" : nil
  }

  /// The values and whether it is closed; as which they were sent is for listings.
  @usableFromInline
  func hashState(into hasher: inout Hasher) -> Bool {
    hasher.combine(isClosed)
    hasher.combine(items.count)
    return items.present.allSatisfy { $0.parcel.hashState(into: &hasher) }
  }

  /// Numbers a value that is sent, and keeps it unless a receiver waits for it.
  ///
  /// - Returns: nil when it cannot be sent now: the channel is closed, or there is no room.
  mutating func number(of parcel: Parcel, isAwaited: Bool) -> Int? {
    if isClosed { return nil }
    if isAwaited {
      sent += 1
    } else if items.count < capacity {
      append(parcel)
    } else {
      return nil
    }
    return sent
  }

  /// Puts a value behind those that were sent before.
  mutating func append(_ parcel: Parcel) {
    sent += 1
    items.append(Item(parcel: parcel, number: sent))
  }

  /// Puts a value back where it was in the order of sending.
  mutating func putBack(_ item: any ReceivedValue) {
    let number = item.number
    items.insert(Item(parcel: item.parcel, number: number)) { $0.number > number }
  }
}

/// A call that waits to send: who receives takes the value from it.
protocol Sending {
  /// What it sends by one of the objects that it waits for.
  func offer(_ alternative: Int) -> Parcel?
}
