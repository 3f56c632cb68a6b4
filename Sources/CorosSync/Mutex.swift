public import CorosKernel

/// A lock that one task at a time holds.
///
/// It is fair: it passes from the task that unlocks it straight to the one that has waited longest, and nobody can
/// take it in between. It is not recursive. When a task ends that holds it, in whatever way, the kernel passes it on,
/// and tells the next holder: see ``Grant/abandonedBy``.
///
/// ```swift
/// let mutex = try await os.mutex("account")
/// try await os.withLock(mutex) {
///   balance += 1
/// }
/// ```
public struct Mutex: Hashable, Sendable {
  let object: Object<MutexState>

  /// Its number among the objects of its scheduler.
  public var id: ObjectID { object.id }
}

extension Mutex: ObjectReply {}

extension Mutex: CustomStringConvertible {
  /// Its number.
  public var description: String { "object \(id)" }
}

/// Who holds it, and who waits, the kernel knows; what is left are the marks of tasks that ended.
struct MutexState: KernelObject, Hashable {
  /// The task that ended while it held the mutex, to be told to the next holder.
  var untold: TaskID?
  /// The one of which the present holder was told.
  var told: TaskID?

  /// Whether there is any mark; most often not, and then nothing need be changed.
  var isMarked: Bool { untold != nil || told != nil }

  static var kind: String { "mutex" }
  static var isLock: Bool { true }

  var summary: String { untold.map { "abandoned by task \($0)" } ?? "" }

  static func pass(on object: Object<MutexState>, from hold: EndedHold, in kernel: KernelContext) {
    let mutex = Mutex(object: object)
    if hold.isUnused { return mutex.handOver(mark: mutex.state(in: kernel).told, in: kernel) }
    if kernel.firstWaiter(on: object) == nil { kernel.noteAbandoned(object, by: hold) }
    mutex.handOver(mark: hold.task, in: kernel)
  }

  func fault(waiters: Int, holders: Int) -> String? {
    if holders > 1 { return "is held by \(holders) tasks" }
    return holders == 0 && waiters > 0 ? "is free, and \(waiters) tasks wait for it" : nil
  }
}

extension Mutex {
  /// The marks; of a mutex that there is.
  func state(in kernel: KernelContext) -> MutexState {
    (try? kernel.value(of: object)) ?? MutexState()
  }

  /// Takes it for the caller, if it is free.
  ///
  /// - Returns: the decision about the caller; nil when another task holds it.
  func take(in kernel: KernelContext) throws -> Disposition<Grant>? {
    if let isOwn = kernel.isHolder(of: object) {
      if isOwn { throw SyncError.alreadyHolds(kernel.name(of: object)) }
      try requireTask(in: kernel)
      return nil
    }
    let marks = try kernel.value(of: object)
    if marks.isMarked { try requireTask(in: kernel) }
    let mark = marks.untold
    if marks.isMarked {
      try kernel.change(object) { state in
        state.told = mark
        state.untold = nil
      }
    }
    try kernel.hold(object, abandonedBy: mark)
    return mark.map { .reply(Grant(abandonedBy: $0)) } ?? .usual
  }

  /// Refuses the operator, which cannot hold anything: it must not even wait, or the mutex would pass to nobody.
  private func requireTask(in kernel: KernelContext) throws(SystemCallError) {
    if kernel.caller == .operator {
      throw .onlyForTasks(call: "holding the mutex \(kernel.name(of: object))")
    }
  }

  /// Passes it on, which nobody holds now, to the task that goes first of those that wait.
  func handOver(mark: TaskID? = nil, in kernel: KernelContext) {
    let waiter = kernel.firstWaiter(on: object)
    if mark != nil || state(in: kernel).isMarked {
      try? kernel.change(object) { state in
        state.untold = waiter == nil ? mark : nil
        state.told = waiter == nil ? nil : mark
      }
    }
    guard let waiter else { return }
    try? kernel.hold(object, by: waiter, abandonedBy: mark)
    kernel.wake(waiter, with: mark.map { Grant(abandonedBy: $0) })
  }

  /// Refuses a caller that does not hold it.
  func checkHolder(in kernel: KernelContext) throws(SyncError) {
    if kernel.isHolder(of: object) == true { return }
    guard let holder = kernel.holder(of: object) else {
      throw .notLocked(kernel.name(of: object))
    }
    throw .notHolder(kernel.name(of: object), holder: holder)
  }
}

/// Makes a mutex, or finds the one of that name.
///
/// - Blocks: never. Reply: the mutex. Errors: `tooManyObjects`. O(1).
public struct MakeMutex: SystemCall {
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

  /// Makes or finds the mutex.
  public func handle(in kernel: KernelContext) -> Disposition<Mutex> {
    .catching { .reply(Mutex(object: try kernel.make(MutexState(), named: name, isNew: isNew))) }
  }
}

/// Takes a mutex.
///
/// - Blocks: while another task holds it, at most for `timeout` ticks. Reply: whether the holder before ended with
///   it; a state machine gets `.done` when not. Errors: `alreadyHolds`; `timedOut`; `onlyForTasks`. Events:
///   `acquired`. O(1).
public struct Lock: SystemCall {
  /// Which mutex.
  public let mutex: Mutex
  /// The most ticks to wait; nil for ever.
  public let timeout: Tick?

  /// Makes the call; `timeout` is in ticks from the end of the caller's step.
  public init(_ mutex: Mutex, timeout: Tick? = nil) {
    self.mutex = mutex
    self.timeout = timeout
  }

  /// The mutex, and the timeout if there is one.
  public func arguments(in kernel: KernelContext) -> String { kernel.words(mutex.object, timeout) }

  /// It was given back in order.
  public static var usualReply: Grant? { Grant() }

  /// That nobody holds the mutex; nil with a timeout.
  public var attempt: Attempt? { timeout == nil ? .isFree : nil }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Always.
  public static var cancellation: CancellationPoint { .always }

  /// Takes the mutex, or waits for it.
  public func handle(in kernel: KernelContext) -> Disposition<Grant> {
    .catching {
      if timeout == nil { kernel.noteRequest(of: mutex.object) }
      if let taken = try mutex.take(in: kernel) { return taken }
      return .queue(mutex.object.id, until: try kernel.deadline(after: timeout))
    }
  }
}

/// Takes a mutex if it is free.
///
/// - Blocks: never. Reply: whether the caller holds it now. Errors: `alreadyHolds`; `onlyForTasks`. Events:
///   `acquired`. O(1).
public struct TryLock: SystemCall {
  /// Which mutex.
  public let mutex: Mutex

  /// Makes the call.
  public init(_ mutex: Mutex) {
    self.mutex = mutex
  }

  /// The mutex.
  public func arguments(in kernel: KernelContext) -> String { kernel.name(of: mutex.object) }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Takes the mutex, or leaves it.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    kernel.noteChange(of: mutex.object)
    return .catching { .reply(try mutex.take(in: kernel) != nil) }
  }
}

/// Gives a mutex back; it passes to the task that goes first of those that wait.
///
/// - Blocks: never. Reply: nothing. Errors: `notHolder`; `notLocked`. Events: `released`, and the next holder's
///   `acquired`. O(1).
public struct Unlock: SystemCall {
  /// Which mutex.
  public let mutex: Mutex

  /// Makes the call.
  public init(_ mutex: Mutex) {
    self.mutex = mutex
  }

  /// The mutex.
  public func arguments(in kernel: KernelContext) -> String { kernel.name(of: mutex.object) }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Passes the mutex on.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    .catching {
      try mutex.checkHolder(in: kernel)
      kernel.release(mutex.object)
      mutex.handOver(in: kernel)
      return .reply(())
    }
  }
}

extension SystemInterface {
  /// The mutex of that name, made if need be; without a name, a new one.
  public nonisolated(nonsending) func mutex(
    _ name: String? = nil,
    isNew: Bool = false
  ) async throws -> Mutex {
    try await call(MakeMutex(name, isNew: isNew))
  }

  /// Takes a mutex, and says whether its last holder ended with it.
  @discardableResult
  public nonisolated(nonsending) func lock(
    _ mutex: Mutex,
    timeout: Tick? = nil
  ) async throws -> Grant {
    try await call(Lock(mutex, timeout: timeout))
  }

  /// Takes a mutex if it is free; true when the caller holds it now.
  public nonisolated(nonsending) func tryLock(_ mutex: Mutex) async throws -> Bool {
    try await call(TryLock(mutex))
  }

  /// Gives a mutex back.
  public nonisolated(nonsending) func unlock(_ mutex: Mutex) async throws {
    try await call(Unlock(mutex))
  }

  /// Runs a body while holding a mutex, and gives it back whichever way the body ends.
  ///
  /// When the task is killed meanwhile, the kernel passes the mutex on.
  public nonisolated(nonsending) func withLock<Result>(
    _ mutex: Mutex,
    timeout: Tick? = nil,
    _ body: nonisolated(nonsending) () async throws -> Result
  ) async throws -> Result {
    try await lock(mutex, timeout: timeout)
    return try await releasing(body) { try await unlock(mutex) }
  }
}
