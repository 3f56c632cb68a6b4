public import CorosKernel

/// Something that tasks wait for while they give up a mutex: that what the mutex protects has changed.
///
/// As in Mesa and POSIX: a task that is notified takes the mutex again, after whoever has it and whoever asked
/// before, so what it waited for may have passed. Look again, in a loop. None wakes without a notification.
///
/// ```swift
/// try await os.withLock(mutex) {
///   while items.isEmpty { try await os.wait(on: filled) }
///   items.removeFirst()
/// }
/// ```
///
/// Waiting is two calls: ``CondWait`` gives up the mutex and waits, and ``Relock`` takes it again. A notification
/// counts for a task that gets the mutex: when a notified task is killed before that, the next one is notified.
public struct Condition: Hashable, Sendable {
  let object: Object<ConditionState>
  /// The mutex that it belongs to.
  public let mutex: Mutex

  /// Its number among the objects of its scheduler.
  public var id: ObjectID { object.id }
}

extension Condition: ObjectReply {}

extension Condition: CustomStringConvertible {
  /// Its number.
  public var description: String { "object \(id)" }
}

struct ConditionState: KernelObject {
  let mutex: Mutex
  let nameOfMutex: String
  var woken = 0
  var inVain = 0

  static var kind: String { "condition" }

  /// Nothing: the numbers are for listings.
  func hashState(into hasher: inout Hasher) -> Bool { true }

  var summary: String {
    "of \(nameOfMutex); \(woken) woken" + (inVain > 0 ? ", \(inVain) notified in vain" : "")
  }
}

extension Condition {
  /// Notifies the task that goes first of those that wait; false when none waits.
  func notify(in kernel: KernelContext) -> Bool {
    guard let waiter = kernel.firstWaiter(on: object) else { return false }
    try? kernel.change(object) { $0.woken += 1 }
    kernel.wake(waiter)
    return true
  }
}

/// Makes a condition for a mutex, or finds the one of that name.
///
/// - Blocks: never. Reply: the condition. Errors: `tooManyObjects`; `otherObject` when the one of that name belongs
///   to another mutex. O(1).
public struct MakeCondition: SystemCall {
  /// Its name; nil to make one that is called by its number.
  public let name: String?
  /// The mutex that it belongs to.
  public let mutex: Mutex
  /// Whether it is made in any case, and a name that is taken gets a number.
  public let isNew: Bool

  /// Makes the call.
  public init(_ name: String? = nil, on mutex: Mutex, isNew: Bool = false) {
    self.name = name
    self.isNew = isNew
    self.mutex = mutex
  }

  /// The name, and that of the mutex.
  public func arguments(in kernel: KernelContext) -> String {
    (name.map { "\($0) " } ?? "") + "on \(kernel.name(of: mutex.object))"
  }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Makes or finds the condition.
  public func handle(in kernel: KernelContext) -> Disposition<Condition> {
    .catching {
      _ = try kernel.value(of: mutex.object)
      let state = ConditionState(mutex: mutex, nameOfMutex: kernel.name(of: mutex.object))
      let object = try kernel.make(state, named: name, isNew: isNew)
      guard try kernel.value(of: object).mutex == mutex else {
        throw SystemCallError.otherObject(kind: ConditionState.kind, name: kernel.name(of: object))
      }
      return .reply(Condition(object: object, mutex: mutex))
    }
  }
}

/// Gives up a condition's mutex and waits to be notified: the first half of waiting.
///
/// - Blocks: always, until another task notifies or the time is up. Reply: which of the two it was, or a
///   cancellation; `.done` for a state machine that was notified. The caller does not have the mutex then: ``Relock`` must follow. Errors: `notHolder`;
///   `notLocked`. Events: `released`. O(1).
public struct CondWait: SystemCall {
  /// What ended a wait.
  public enum Outcome: Hashable, Sendable {
    /// Another task notified.
    case notified
    /// The time was up.
    case timedOut
    /// The caller was cancelled.
    case cancelled(Cancelled)
  }

  /// Which condition.
  public let condition: Condition
  /// The most ticks to wait; nil for ever.
  public let timeout: Tick?

  /// Makes the call; `timeout` is in ticks from the end of the caller's step.
  public init(_ condition: Condition, timeout: Tick? = nil) {
    self.condition = condition
    self.timeout = timeout
  }

  /// The condition, and the timeout if there is one.
  public func arguments(in kernel: KernelContext) -> String {
    kernel.words(condition.object, timeout)
  }

  /// It was notified.
  public static var usualReply: Outcome? { .notified }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Always.
  public static var cancellation: CancellationPoint { .always }

  /// Yes: a notification.
  public static var isGrant: Bool { true }

  /// Passes the mutex on, and waits.
  public func handle(in kernel: KernelContext) -> Disposition<Outcome> {
    .catching {
      try condition.mutex.checkHolder(in: kernel)
      let place = try kernel.place(in: condition.object)
      let deadline = try kernel.deadline(after: timeout)
      kernel.release(condition.mutex.object)
      condition.mutex.handOver(in: kernel)
      return .block(on: .object(place), until: deadline)
    }
  }

  /// Says what ended the wait.
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Outcome> {
    if case .timedOut = wakeup { .reply(.timedOut) } else { .usual }
  }

  /// Says that it was cancelled: the error is thrown when the caller has the mutex again.
  public func cancel(with error: Cancelled, in kernel: KernelContext) -> Disposition<Outcome> {
    .reply(.cancelled(error))
  }

  /// Notifies another.
  public func takeBack(_ reply: Outcome?, in kernel: KernelContext) {
    if reply == .notified { _ = condition.notify(in: kernel) }
  }
}

/// Takes a condition's mutex again: the second half of waiting.
///
/// - Blocks: while another task holds the mutex. It has no deadline. Reply: as for ``Lock``. Errors: `alreadyHolds`.
///   Events: `acquired`. O(1).
public struct Relock: SystemCall {
  /// Which condition.
  public let condition: Condition
  /// What ended the first half; a notification passes on if the caller is killed before it has the mutex.
  public let outcome: CondWait.Outcome

  /// Makes the call.
  public init(_ condition: Condition, after outcome: CondWait.Outcome = .notified) {
    self.condition = condition
    self.outcome = outcome
  }

  /// The mutex.
  public func arguments(in kernel: KernelContext) -> String {
    kernel.name(of: condition.mutex.object)
  }

  /// It was given back in order.
  public static var usualReply: Grant? { Grant() }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Yes: until the mutex is free.
  public var isDeferrable: Bool { true }

  /// Never: whoever waits on a condition has the mutex afterwards.
  public static var cancellation: CancellationPoint { .never }

  /// Yes: the notification, which it makes use of.
  public static var isGrant: Bool { true }

  /// Takes the mutex, or waits for it.
  public func handle(in kernel: KernelContext) -> Disposition<Grant> {
    .catching {
      kernel.noteRequest(of: condition.mutex.object)
      if let taken = try condition.mutex.take(in: kernel) { return taken }
      return .queue(condition.mutex.object.id)
    }
  }

  /// Notifies another.
  public func takeBack(_ reply: Grant?, in kernel: KernelContext) {
    if outcome == .notified { _ = condition.notify(in: kernel) }
  }
}

/// Notifies the task that goes first of those that wait on a condition, or all of them.
///
/// - Blocks: never. Reply: how many it has notified; 0 when none waited. Errors: `notHolder`; `notLocked`. O(1) for
///   each that is notified.
public struct Notify: SystemCall {
  /// Which condition.
  public let condition: Condition
  /// Whether all are notified.
  public let isForAll: Bool

  /// Makes the call.
  public init(_ condition: Condition, all isForAll: Bool = false) {
    self.condition = condition
    self.isForAll = isForAll
  }

  /// The condition.
  public func arguments(in kernel: KernelContext) -> String {
    kernel.name(of: condition.object) + (isForAll ? ", all" : "")
  }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Notifies those who wait now.
  public func handle(in kernel: KernelContext) -> Disposition<Int> {
    .catching {
      try condition.mutex.checkHolder(in: kernel)
      let most = isForAll ? kernel.waiterCount(on: condition.object) : 1
      var count = 0
      while count < most, condition.notify(in: kernel) { count += 1 }
      if count == 0 { try kernel.change(condition.object) { $0.inVain += 1 } }
      kernel.noteNotification(of: condition.object, woken: count)
      return .reply(count)
    }
  }
}

extension SystemInterface {
  /// The condition of that name for a mutex, made if need be; without a name, a new one.
  public nonisolated(nonsending) func condition(
    _ name: String? = nil,
    on mutex: Mutex,
    isNew: Bool = false
  ) async throws -> Condition {
    try await call(MakeCondition(name, on: mutex, isNew: isNew))
  }

  /// Gives up the condition's mutex, waits to be notified, and takes the mutex again.
  ///
  /// However it ends, unless by a kill, the caller holds the mutex afterwards.
  public nonisolated(nonsending) func wait(
    on condition: Condition,
    timeout: Tick? = nil
  ) async throws {
    let outcome = try await call(CondWait(condition, timeout: timeout))
    _ = try await call(Relock(condition, after: outcome))
    switch outcome {
    case .notified: return
    case .timedOut: throw SystemCallError.timedOut
    case .cancelled(let error): throw error
    }
  }

  /// Notifies the task that goes first of those that wait; says how many it was, 0 or 1.
  @discardableResult
  public nonisolated(nonsending) func notify(_ condition: Condition) async throws -> Int {
    try await call(Notify(condition))
  }

  /// Notifies all tasks that wait, in their order; says how many there were.
  @discardableResult
  public nonisolated(nonsending) func notifyAll(_ condition: Condition) async throws -> Int {
    try await call(Notify(condition, all: true))
  }
}
