public import CorosKernel

/// A lock that one task holds to write, or several at a time to read.
///
/// It is strictly fair: first come, first served, and readers next to each other in the queue enter together. So
/// neither side starves. Where a policy serves waiters by priority, the best of them decides: a reader of a higher
/// priority than all who wait enters beside the readers that are there. A task that holds it in either way cannot ask again; a writer may become a reader.
public struct RWLock: Hashable, Sendable {
  let object: Object<RWLockState>

  /// Its number among the objects of its scheduler.
  public var id: ObjectID { object.id }
}

extension RWLock: ObjectReply {}

extension RWLock: CustomStringConvertible {
  /// Its number.
  public var description: String { "object \(id)" }
}

struct RWLockState: KernelObject, Hashable {
  /// Whether its holder writes.
  var isWritten = false
  /// The task that ended while it wrote, to be told to the next holder.
  var untold: TaskID?
  /// The one of which the present holder was told.
  var told: TaskID?

  static let read: UInt8 = 0
  static let write: UInt8 = 1

  static var kind: String { "rwlock" }
  static var isLock: Bool { true }

  var summary: String { untold.map { "abandoned by task \($0)" } ?? "" }

  static func purpose(of mode: UInt8) -> String? { mode == write ? "write" : "read" }

  static func pass(on object: Object<RWLockState>, from hold: EndedHold, in kernel: KernelContext) {
    let lock = RWLock(object: object)
    try? kernel.change(object) { state in
      if hold.isUnused {
        if state.told != nil { state.untold = state.told }
      } else if hold.mode == write {
        state.untold = hold.task
      }
      state.told = nil
      if hold.mode == write { state.isWritten = false }
    }
    let isFree = kernel.firstWaiter(on: object) == nil
    // The next holder is told of a writer only.
    if isFree || hold.mode == read, !hold.isUnused { kernel.noteAbandoned(object, by: hold) }
    lock.admit(in: kernel)
  }

  func admits(_ mode: UInt8, beside holders: Int) -> Bool {
    mode == Self.write ? holders == 0 : !isWritten
  }

  static func reviewQueue(of object: Object<RWLockState>, in kernel: KernelContext) {
    RWLock(object: object).admit(in: kernel)
  }

  func fault(waiters: Int, holders: Int) -> String? {
    if isWritten && holders != 1 { return "is written by \(holders) tasks" }
    return holders == 0 && waiters > 0 ? "is free, and \(waiters) tasks wait for it" : nil
  }
}

extension RWLock {
  /// Takes it for the caller, if it is free for that and nobody who waits goes before.
  ///
  /// - Returns: the decision about the caller; nil when it cannot be now.
  func take(_ mode: UInt8, in kernel: KernelContext) throws -> Disposition<Grant>? {
    if kernel.mode(ofHoldOn: object) != nil {
      throw SyncError.alreadyHolds(kernel.name(of: object))
    }
    if kernel.caller == .operator {
      throw SystemCallError.onlyForTasks(call: "holding the rwlock \(kernel.name(of: object))")
    }
    guard kernel.goesFirst(on: object), try canEnter(mode, kernel) else { return nil }
    let mark = try enter(mode, nil, kernel)
    return mark.map { .reply(Grant(abandonedBy: $0)) } ?? .usual
  }

  /// Lets in who can enter of those who wait, one after another, up to the first who cannot.
  func admit(in kernel: KernelContext) {
    while let waiter = kernel.firstWaiter(on: object),
      (try? canEnter(waiter.mode, kernel)) == true
    {
      let mark = try? enter(waiter.mode, waiter, kernel)
      kernel.wake(waiter, with: mark.flatMap { $0 }.map { Grant(abandonedBy: $0) })
    }
  }

  private func canEnter(_ mode: UInt8, _ kernel: KernelContext) throws(SystemCallError) -> Bool {
    try kernel.value(of: object).admits(mode, beside: kernel.holderCount(of: object))
  }

  /// Notes a holder.
  ///
  /// - Returns: the mark that it is told of.
  private func enter(
    _ mode: UInt8,
    _ waiter: Waiter?,
    _ kernel: KernelContext
  ) throws(SystemCallError) -> TaskID? {
    let mark = try kernel.change(object) { state in
      state.isWritten = mode == RWLockState.write
      state.told = state.untold
      state.untold = nil
      return state.told
    }
    try kernel.hold(object, by: waiter, mode: mode, abandonedBy: mark)
    return mark
  }
}

/// Makes a readers-writer lock, or finds the one of that name.
///
/// - Blocks: never. Reply: the lock. Errors: `tooManyObjects`. O(1).
public struct MakeRWLock: SystemCall {
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

  /// Makes or finds the lock.
  public func handle(in kernel: KernelContext) -> Disposition<RWLock> {
    .catching { .reply(RWLock(object: try kernel.make(RWLockState(), named: name, isNew: isNew))) }
  }
}

/// Takes a readers-writer lock, to read or to write.
///
/// - Blocks: a writer while anybody holds it, a reader while a writer does, and both while another waits who goes before them; at
///   most for `timeout` ticks. Reply: whether a task ended while it wrote; a state machine gets `.done` when not.
///   Errors: `alreadyHolds`; `timedOut`; `onlyForTasks`. Events: `acquired`. O(1).
public struct LockRW: SystemCall {
  /// Which lock.
  public let lock: RWLock
  /// Whether to write; else to read.
  public let isWriter: Bool
  /// The most ticks to wait; nil for ever.
  public let timeout: Tick?

  /// Makes the call; `timeout` is in ticks from the end of the caller's step.
  public init(_ lock: RWLock, toWrite isWriter: Bool, timeout: Tick? = nil) {
    self.lock = lock
    self.isWriter = isWriter
    self.timeout = timeout
  }

  /// The lock, what for, and the timeout if there is one.
  public func arguments(in kernel: KernelContext) -> String {
    kernel.name(of: lock.object) + (isWriter ? " to write" : " to read")
      + (timeout.map { ", timeout \($0)" } ?? "")
  }

  /// It was given back in order.
  public static var usualReply: Grant? { Grant() }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Always.
  public static var cancellation: CancellationPoint { .always }

  /// Takes the lock, or waits for it.
  public func handle(in kernel: KernelContext) -> Disposition<Grant> {
    .catching {
      let mode = isWriter ? RWLockState.write : RWLockState.read
      if timeout == nil { kernel.noteRequest(of: lock.object, for: mode) }
      if let taken = try lock.take(mode, in: kernel) { return taken }
      return .queue(lock.object.id, mode: mode, until: try kernel.deadline(after: timeout))
    }
  }
}

/// Takes a readers-writer lock if that needs no waiting.
///
/// - Blocks: never. Reply: whether the caller holds it now. Errors: `alreadyHolds`; `onlyForTasks`. Events:
///   `acquired`. O(1).
public struct TryLockRW: SystemCall {
  /// Which lock.
  public let lock: RWLock
  /// Whether to write; else to read.
  public let isWriter: Bool

  /// Makes the call.
  public init(_ lock: RWLock, toWrite isWriter: Bool) {
    self.lock = lock
    self.isWriter = isWriter
  }

  /// The lock, and what for.
  public func arguments(in kernel: KernelContext) -> String {
    kernel.name(of: lock.object) + (isWriter ? " to write" : " to read")
  }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Takes the lock, or leaves it.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .catching {
      .reply(try lock.take(isWriter ? RWLockState.write : RWLockState.read, in: kernel) != nil)
    }
  }
}

/// Gives a readers-writer lock back, or goes on with it as a reader.
///
/// - Blocks: never. Reply: nothing. Errors: `notLocked`, or `notHolder` with one who holds it. Events: `released`, and
///   the `acquired` of those who enter. O(1) for each who enters.
public struct UnlockRW: SystemCall {
  /// Which lock.
  public let lock: RWLock
  /// Whether the caller goes on as a reader.
  public let isDowngrade: Bool

  /// Makes the call.
  public init(_ lock: RWLock, downgrading isDowngrade: Bool = false) {
    self.lock = lock
    self.isDowngrade = isDowngrade
  }

  /// The lock, and whether the caller goes on as a reader.
  public func arguments(in kernel: KernelContext) -> String {
    kernel.name(of: lock.object) + (isDowngrade ? ", to read on" : "")
  }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Leaves the lock, or stays as a reader, and lets others in.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    .catching {
      guard kernel.release(lock.object) != nil else {
        let name = kernel.name(of: lock.object)
        throw kernel.holder(of: lock.object).map { SyncError.notHolder(name, holder: $0) }
          ?? .notLocked(name)
      }
      try kernel.change(lock.object) { state in
        state.isWritten = false
        state.told = nil
      }
      if isDowngrade { try kernel.hold(lock.object, mode: RWLockState.read) }
      lock.admit(in: kernel)
      return .reply(())
    }
  }
}

extension SystemInterface {
  /// The readers-writer lock of that name, made if need be; without a name, a new one.
  public nonisolated(nonsending) func rwlock(
    _ name: String? = nil,
    isNew: Bool = false
  ) async throws -> RWLock {
    try await call(MakeRWLock(name, isNew: isNew))
  }

  /// Takes a lock to read, with others who read, and says whether a task ended while it wrote.
  @discardableResult
  public nonisolated(nonsending) func readLock(
    _ lock: RWLock,
    timeout: Tick? = nil
  ) async throws -> Grant {
    try await call(LockRW(lock, toWrite: false, timeout: timeout))
  }

  /// Takes a lock to write, alone, and says whether a task ended while it wrote.
  @discardableResult
  public nonisolated(nonsending) func writeLock(
    _ lock: RWLock,
    timeout: Tick? = nil
  ) async throws -> Grant {
    try await call(LockRW(lock, toWrite: true, timeout: timeout))
  }

  /// Takes a lock to read if that needs no waiting; true when the caller holds it now.
  public nonisolated(nonsending) func tryReadLock(_ lock: RWLock) async throws -> Bool {
    try await call(TryLockRW(lock, toWrite: false))
  }

  /// Takes a lock to write if that needs no waiting; true when the caller holds it now.
  public nonisolated(nonsending) func tryWriteLock(_ lock: RWLock) async throws -> Bool {
    try await call(TryLockRW(lock, toWrite: true))
  }

  /// Gives a lock back that the caller holds to read or to write.
  public nonisolated(nonsending) func unlock(_ lock: RWLock) async throws {
    try await call(UnlockRW(lock))
  }

  /// Goes on as a reader with a lock that the caller holds to write.
  public nonisolated(nonsending) func downgrade(_ lock: RWLock) async throws {
    try await call(UnlockRW(lock, downgrading: true))
  }

  /// Runs a body while reading, and gives the lock back whichever way the body ends.
  public nonisolated(nonsending) func withReadLock<Result>(
    _ lock: RWLock,
    timeout: Tick? = nil,
    _ body: nonisolated(nonsending) () async throws -> Result
  ) async throws -> Result {
    try await readLock(lock, timeout: timeout)
    return try await releasing(body) { try await unlock(lock) }
  }

  /// Runs a body while writing, and gives the lock back whichever way the body ends.
  public nonisolated(nonsending) func withWriteLock<Result>(
    _ lock: RWLock,
    timeout: Tick? = nil,
    _ body: nonisolated(nonsending) () async throws -> Result
  ) async throws -> Result {
    try await writeLock(lock, timeout: timeout)
    return try await releasing(body) { try await unlock(lock) }
  }
}
