public import CorosKernel

/// A number of permits, which tasks take and give.
///
/// It has no owner: any task may give a permit, so it serves for signals, too. A permit passes straight to the task
/// that has waited longest. One that a task took by ``Acquire`` is gone when the task ends without giving one; one
/// that it took for a scope, by `withPermit`, comes back.
public struct Semaphore: Hashable, Sendable {
  let object: Object<SemaphoreState>

  /// Its number among the objects of its scheduler.
  public var id: ObjectID { object.id }
}

extension Semaphore: ObjectReply {}

extension Semaphore: CustomStringConvertible {
  /// Its number.
  public var description: String { "object \(id)" }
}

struct SemaphoreState: KernelObject, Hashable {
  var value: Int
  var maximum: Int?

  /// How a permit is taken that is given back when its taker ends.
  static let owned: UInt8 = 1

  static var kind: String { "semaphore" }

  var summary: String { maximum.map { "\(value) of \($0) left" } ?? "\(value) left" }

  var count: Int? { value }

  static func pass(
    on object: Object<SemaphoreState>,
    from hold: EndedHold,
    in kernel: KernelContext
  ) {
    if !hold.isUnused { kernel.noteAbandoned(object, by: hold) }
    Semaphore(object: object).give(in: kernel)
  }

  func fault(waiters: Int, holders: Int) -> String? {
    if value < 0 { return "has \(value) permits" }
    return value > 0 && waiters > 0 ? "has \(value) permits, and \(waiters) tasks wait" : nil
  }
}

extension Semaphore {
  /// Takes a permit, if there is one.
  func take(in kernel: KernelContext) throws(SystemCallError) -> Bool {
    try kernel.change(object) { state in
      guard state.value > 0 else { return false }
      state.value -= 1
      return true
    }
  }

  /// Gives a permit back that the caller took and will not use.
  func putBack(in kernel: KernelContext) {
    kernel.notePermitGiven(of: object)
    give(in: kernel)
  }

  /// Gives a permit to the task that goes first of those that wait, or keeps it.
  func give(in kernel: KernelContext) {
    guard let waiter = kernel.firstWaiter(on: object) else {
      try? kernel.change(object) { $0.value += 1 }
      return
    }
    if waiter.mode == SemaphoreState.owned {
      try? kernel.hold(object, by: waiter, mode: SemaphoreState.owned)
    } else {
      kernel.notePermitTaken(of: object, by: waiter)
    }
    kernel.wake(waiter)
  }
}

/// Makes a semaphore, or finds the one of that name.
///
/// - Blocks: never. Reply: the semaphore. Errors: `tooManyObjects`; `invalidArgument` for a negative number of permits,
///   or more than the maximum. O(1).
public struct MakeSemaphore: SystemCall {
  /// Its name; nil to make one that is called by its number.
  public let name: String?
  /// How many permits it has at first.
  public let value: Int
  /// The most that it may have; nil for any number.
  public let maximum: Int?
  /// Whether it is made in any case, and a name that is taken gets a number.
  public let isNew: Bool

  /// Makes the call.
  public init(
    _ name: String? = nil,
    value: Int = 0,
    maximum: Int? = nil,
    isNew: Bool = false
  ) {
    self.name = name
    self.isNew = isNew
    self.value = value
    self.maximum = maximum
  }

  /// The name, the permits, and the maximum if there is one.
  public var arguments: String {
    (name.map { "\($0), " } ?? "") + "\(value)" + (maximum.map { " of \($0)" } ?? "")
  }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Makes or finds the semaphore.
  public func handle(in kernel: KernelContext) -> Disposition<Semaphore> {
    .catching {
      guard value >= 0, value <= maximum ?? value else {
        throw SystemCallError.invalidArgument("a semaphore cannot have \(value) permits")
      }
      let state = SemaphoreState(value: value, maximum: maximum)
      return .reply(Semaphore(object: try kernel.make(state, named: name, isNew: isNew)))
    }
  }
}

/// Takes a permit of a semaphore.
///
/// - Blocks: while there is none, at most for `timeout` ticks. Reply: nothing. Errors: `timedOut`; for an owned permit
///   also `alreadyHolds` and `onlyForTasks`. Events: `acquired` for an owned permit. O(1).
public struct Acquire: SystemCall {
  /// Which semaphore.
  public let semaphore: Semaphore
  /// Whether the permit is given back when the caller ends; a task can own one permit of a semaphore.
  public let isOwned: Bool
  /// The most ticks to wait; nil for ever.
  public let timeout: Tick?

  /// Makes the call; `timeout` is in ticks from the end of the caller's step.
  public init(_ semaphore: Semaphore, isOwned: Bool = false, timeout: Tick? = nil) {
    self.semaphore = semaphore
    self.isOwned = isOwned
    self.timeout = timeout
  }

  /// The semaphore, whether the permit is owned, and the timeout if there is one.
  public func arguments(in kernel: KernelContext) -> String {
    kernel.name(of: semaphore.object) + (isOwned ? ", owned" : "")
      + (timeout.map { ", timeout \($0)" } ?? "")
  }

  /// That a permit is left; nil with a timeout.
  public var attempt: Attempt? { timeout == nil ? .hasSome : nil }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Always.
  public static var cancellation: CancellationPoint { .always }

  /// Yes: a permit.
  public static var isGrant: Bool { true }

  /// Takes a permit, or waits for one.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    .catching {
      if isOwned, kernel.mode(ofHoldOn: semaphore.object) != nil {
        throw SyncError.alreadyHolds(kernel.name(of: semaphore.object))
      }
      if isOwned, kernel.caller == .operator {
        throw SystemCallError.onlyForTasks(call: Self.name)
      }
      if try semaphore.take(in: kernel) {
        if isOwned {
          try kernel.hold(semaphore.object, mode: SemaphoreState.owned)
        } else {
          kernel.notePermitTaken(of: semaphore.object)
        }
        return .reply(())
      }
      let mode = isOwned ? SemaphoreState.owned : 0
      return .queue(
        semaphore.object.id,
        mode: mode,
        until: try kernel.deadline(after: timeout)
      )
    }
  }

  /// Gives the permit to another; an owned one passes on when its owner ends.
  public func takeBack(_ reply: Void?, in kernel: KernelContext) {
    if reply != nil, !isOwned { semaphore.putBack(in: kernel) }
  }
}

/// Takes a permit of a semaphore if there is one.
///
/// - Blocks: never. Reply: whether there was one. O(1).
public struct TryAcquire: SystemCall {
  /// Which semaphore.
  public let semaphore: Semaphore

  /// Makes the call.
  public init(_ semaphore: Semaphore) {
    self.semaphore = semaphore
  }

  /// The semaphore.
  public func arguments(in kernel: KernelContext) -> String { kernel.name(of: semaphore.object) }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Yes: a permit.
  public static var isGrant: Bool { true }

  /// Takes a permit, or none.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    kernel.noteChange(of: semaphore.object)
    return .catching {
      let isTaken = try semaphore.take(in: kernel)
      if isTaken { kernel.notePermitTaken(of: semaphore.object) }
      return .reply(isTaken)
    }
  }

  /// Gives the permit to another.
  public func takeBack(_ reply: Bool?, in kernel: KernelContext) {
    if reply == true { semaphore.putBack(in: kernel) }
  }
}

/// Gives a permit to a semaphore; it passes to the task that goes first of those that wait.
///
/// - Blocks: never. Reply: nothing. Errors: `full`, for a semaphore with a maximum; `notLocked`, when the caller owns
///   no permit and says so. Events: `released` for an owned permit. O(1).
public struct Release: SystemCall {
  /// Which semaphore.
  public let semaphore: Semaphore
  /// Whether the caller gives back the permit that it owns.
  public let isOwned: Bool

  /// Makes the call.
  public init(_ semaphore: Semaphore, isOwned: Bool = false) {
    self.semaphore = semaphore
    self.isOwned = isOwned
  }

  /// The semaphore, and whether the permit is owned.
  public func arguments(in kernel: KernelContext) -> String {
    kernel.name(of: semaphore.object) + (isOwned ? ", owned" : "")
  }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Gives the permit.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    .catching {
      let state = try kernel.value(of: semaphore.object)
      if state.value >= state.maximum ?? .max {
        throw SyncError.full(kernel.name(of: semaphore.object))
      }
      if isOwned, kernel.release(semaphore.object) == nil {
        throw SyncError.notLocked(kernel.name(of: semaphore.object))
      }
      if !isOwned { kernel.notePermitGiven(of: semaphore.object) }
      semaphore.give(in: kernel)
      return .reply(())
    }
  }
}

extension SystemInterface {
  /// The semaphore of that name, made if need be; without a name, a new one.
  public nonisolated(nonsending) func semaphore(
    _ name: String? = nil,
    value: Int = 0,
    maximum: Int? = nil,
    isNew: Bool = false
  ) async throws -> Semaphore {
    try await call(MakeSemaphore(name, value: value, maximum: maximum, isNew: isNew))
  }

  /// Takes a permit, which is gone if the caller ends and gives none.
  public nonisolated(nonsending) func acquire(
    _ semaphore: Semaphore,
    timeout: Tick? = nil
  ) async throws {
    try await call(Acquire(semaphore, timeout: timeout))
  }

  /// Takes a permit if there is one; true when there was.
  public nonisolated(nonsending) func tryAcquire(_ semaphore: Semaphore) async throws -> Bool {
    try await call(TryAcquire(semaphore))
  }

  /// Gives a permit.
  public nonisolated(nonsending) func release(_ semaphore: Semaphore) async throws {
    try await call(Release(semaphore))
  }

  /// Runs a body with a permit, and gives it back whichever way the body ends, by a kill as well.
  public nonisolated(nonsending) func withPermit<Result>(
    _ semaphore: Semaphore,
    timeout: Tick? = nil,
    _ body: nonisolated(nonsending) () async throws -> Result
  ) async throws -> Result {
    try await call(Acquire(semaphore, isOwned: true, timeout: timeout))
    return try await releasing(body) { try await call(Release(semaphore, isOwned: true)) }
  }
}
