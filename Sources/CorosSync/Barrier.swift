public import CorosKernel

/// A point that a number of tasks pass together: each waits until all have come, round after round.
///
/// A task that is killed, or whose time is up, leaves, and its place is free again.
public struct Barrier: Hashable, Sendable {
  let object: Object<BarrierState>

  /// Its number among the objects of its scheduler.
  public var id: ObjectID { object.id }
}

extension Barrier: ObjectReply {}

extension Barrier: CustomStringConvertible {
  /// Its number.
  public var description: String { "object \(id)" }
}

struct BarrierState: KernelObject, Hashable {
  let parties: Int

  static var kind: String { "barrier" }

  func summary(waiters: Int) -> String { "\(waiters) of \(parties) have come" }

  var maximum: Int? { parties }

  func fault(waiters: Int, holders: Int) -> String? {
    waiters < parties ? nil : "is for \(parties), and \(waiters) tasks wait at it"
  }
}

/// Makes a barrier, or finds the one of that name.
///
/// - Blocks: never. Reply: the barrier. Errors: `tooManyObjects`; `invalidArgument` for less than one party. O(1).
public struct MakeBarrier: SystemCall {
  /// Its name; nil to make one that is called by its number.
  public let name: String?
  /// How many tasks pass together.
  public let parties: Int
  /// Whether it is made in any case, and a name that is taken gets a number.
  public let isNew: Bool

  /// Makes the call.
  public init(_ name: String? = nil, parties: Int, isNew: Bool = false) {
    self.name = name
    self.isNew = isNew
    self.parties = parties
  }

  /// The name, and the number of tasks.
  public var arguments: String { (name.map { "\($0), " } ?? "") + "\(parties)" }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Makes or finds the barrier.
  public func handle(in kernel: KernelContext) -> Disposition<Barrier> {
    .catching {
      guard parties >= 1 else {
        throw SystemCallError.invalidArgument("a barrier cannot be for \(parties) tasks")
      }
      let state = BarrierState(parties: parties)
      return .reply(Barrier(object: try kernel.make(state, named: name, isNew: isNew)))
    }
  }
}

/// Comes to a barrier, and waits for the others.
///
/// The last to come wakes the others in the order in which they came, and goes on without waiting.
///
/// - Blocks: until all have come, at most for `timeout` ticks. Reply: as which of them the caller came, from 0. Errors:
///   `timedOut`; `onlyForTasks`. O(1) for each.
public struct Arrive: SystemCall {
  /// Which barrier.
  public let barrier: Barrier
  /// The most ticks to wait; nil for ever.
  public let timeout: Tick?

  /// Makes the call; `timeout` is in ticks from the end of the caller's step.
  public init(_ barrier: Barrier, timeout: Tick? = nil) {
    self.barrier = barrier
    self.timeout = timeout
  }

  /// The barrier, and the timeout if there is one.
  public func arguments(in kernel: KernelContext) -> String {
    kernel.words(barrier.object, timeout)
  }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Always.
  public static var cancellation: CancellationPoint { .always }

  /// Waits for the others, or lets all go on.
  public func handle(in kernel: KernelContext) -> Disposition<Int> {
    .catching {
      let parties = try kernel.value(of: barrier.object).parties
      guard kernel.waiterCount(on: barrier.object) == parties - 1 else {
        let place = try kernel.place(in: barrier.object)
        return .block(on: .object(place), until: try kernel.deadline(after: timeout))
      }
      var number = 0
      while let waiter = kernel.firstWaiter(on: barrier.object) {
        kernel.wake(waiter, with: number)
        number += 1
      }
      return .reply(number)
    }
  }
}

extension SystemInterface {
  /// The barrier of that name, made if need be; without a name, a new one.
  public nonisolated(nonsending) func barrier(
    _ name: String? = nil,
    parties: Int,
    isNew: Bool = false
  ) async throws -> Barrier {
    try await call(MakeBarrier(name, parties: parties, isNew: isNew))
  }

  /// Comes to a barrier and waits for the others; says as which of them the caller came, from 0.
  @discardableResult
  public nonisolated(nonsending) func arrive(
    at barrier: Barrier,
    timeout: Tick? = nil
  ) async throws -> Int {
    try await call(Arrive(barrier, timeout: timeout))
  }
}
