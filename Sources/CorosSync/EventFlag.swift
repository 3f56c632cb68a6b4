public import CorosKernel

/// Something that has happened or has not, for which tasks wait.
///
/// Once it is set, nobody waits for it until it is cleared; those who waited go on although it is cleared at once.
public struct EventFlag: Hashable, Sendable {
  let object: Object<EventState>

  /// Its number among the objects of its scheduler.
  public var id: ObjectID { object.id }
}

extension EventFlag: ObjectReply {}

extension EventFlag: CustomStringConvertible {
  /// Its number.
  public var description: String { "object \(id)" }
}

struct EventState: KernelObject, Hashable {
  var isSet = false

  static var kind: String { "event" }

  var summary: String { isSet ? "set" : "not set" }

  var count: Int? { isSet ? 1 : 0 }

  func fault(waiters: Int, holders: Int) -> String? {
    isSet && waiters > 0 ? "is set, and \(waiters) tasks wait for it" : nil
  }
}

/// Makes an event, or finds the one of that name.
///
/// - Blocks: never. Reply: the event. Errors: `tooManyObjects`. O(1).
public struct MakeEvent: SystemCall {
  /// Its name; nil to make one that is called by its number.
  public let name: String?
  /// Whether it is made in any case, and a name that is taken gets a number.
  public let isNew: Bool

  /// Makes the call.
  public init(_ name: String? = nil, isNew: Bool = false) {
    self.name = name
    self.isNew = isNew
  }

  /// The name.
  public var arguments: String { name ?? "" }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Makes or finds the event, which is not set.
  public func handle(in kernel: KernelContext) -> Disposition<EventFlag> {
    .catching {
      .reply(EventFlag(object: try kernel.make(EventState(), named: name, isNew: isNew)))
    }
  }
}

/// Waits until an event is set.
///
/// - Blocks: while it is not set, at most for `timeout` ticks. Reply: nothing. Errors: `timedOut`. O(1).
public struct WaitEvent: SystemCall {
  /// Which event.
  public let event: EventFlag
  /// The most ticks to wait; nil for ever.
  public let timeout: Tick?

  /// Makes the call; `timeout` is in ticks from the end of the caller's step.
  public init(_ event: EventFlag, timeout: Tick? = nil) {
    self.event = event
    self.timeout = timeout
  }

  /// The event, and the timeout if there is one.
  public func arguments(in kernel: KernelContext) -> String { kernel.words(event.object, timeout) }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Always.
  public static var cancellation: CancellationPoint { .always }

  /// Goes on when the event is set, and waits when not.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    .catching {
      if try kernel.value(of: event.object).isSet { return .reply(()) }
      let place = try kernel.place(in: event.object)
      return .block(on: .object(place), until: try kernel.deadline(after: timeout))
    }
  }
}

/// Sets an event, and wakes all tasks that wait for it, in their order.
///
/// - Blocks: never. Reply: how many it has woken. O(1) for each.
public struct SetEvent: SystemCall {
  /// Which event.
  public let event: EventFlag

  /// Makes the call.
  public init(_ event: EventFlag) {
    self.event = event
  }

  /// The event.
  public func arguments(in kernel: KernelContext) -> String { kernel.name(of: event.object) }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Sets the event.
  public func handle(in kernel: KernelContext) -> Disposition<Int> {
    .catching {
      try kernel.change(event.object) { $0.isSet = true }
      var count = 0
      while let waiter = kernel.firstWaiter(on: event.object) {
        kernel.wake(waiter)
        count += 1
      }
      return .reply(count)
    }
  }
}

/// Clears an event, so that tasks wait for it again.
///
/// - Blocks: never. Reply: nothing. O(1).
public struct ClearEvent: SystemCall {
  /// Which event.
  public let event: EventFlag

  /// Makes the call.
  public init(_ event: EventFlag) {
    self.event = event
  }

  /// The event.
  public func arguments(in kernel: KernelContext) -> String { kernel.name(of: event.object) }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Clears the event.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    .catching {
      try kernel.change(event.object) { $0.isSet = false }
      return .reply(())
    }
  }
}

extension SystemInterface {
  /// The event of that name, made if need be; without a name, a new one.
  public nonisolated(nonsending) func event(
    _ name: String? = nil,
    isNew: Bool = false
  ) async throws -> EventFlag {
    try await call(MakeEvent(name, isNew: isNew))
  }

  /// Waits until an event is set.
  public nonisolated(nonsending) func wait(
    for event: EventFlag,
    timeout: Tick? = nil
  ) async throws {
    try await call(WaitEvent(event, timeout: timeout))
  }

  /// Sets an event; says how many tasks waited for it.
  @discardableResult
  public nonisolated(nonsending) func set(_ event: EventFlag) async throws -> Int {
    try await call(SetEvent(event))
  }

  /// Clears an event.
  public nonisolated(nonsending) func clear(_ event: EventFlag) async throws {
    try await call(ClearEvent(event))
  }
}
