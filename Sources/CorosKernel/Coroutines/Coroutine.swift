/// Something that runs until it needs the kernel, and can be resumed from there.
///
/// There are two forms. `AsyncCoroutine` wraps a Swift `async` function; most programs are written so. The other
/// is a type of your own that conforms to `StateMachine`: it is resumed by a plain function call and keeps its
/// place in its own properties. A scheduler treats both alike, and neither needs a scheduler: `resume(with:)` may
/// be called by hand.
public protocol Coroutine {
  /// Runs to the next trap, or to the end.
  ///
  /// The first resumption is `.start`; each later one answers the system call of the trap before it.
  /// Nothing may be resumed after a trap other than `.call`, `.short` or `.escaped`.
  mutating func resume(with resumption: Resumption) -> Trap

  /// The same as `resume(with: .done)`. The kernel's own: do not implement it.
  ///
  /// It is a requirement so that it is compiled for each type: most resumptions say no more than this, and
  /// passing an answer that may own something costs as much as finding the task.
  mutating func _resume() -> Trap

  /// Does in the kernel what the call asks for with which the coroutine has just trapped.
  ///
  /// For a state machine whose calls change the machine itself: such a call only asks for
  /// ``KernelContext/act()``, and nothing need be copied into the call or back. Default: does nothing.
  mutating func act(in kernel: KernelContext) -> Disposition<Void>

  /// Whether the call that it waits with would not wait now; asked by ``KernelContext/isReady(_:)``.
  ///
  /// Default: yes.
  func isReady(in kernel: KernelContext) -> Bool

  /// Hashes the place at which it stands and all that it knows; false where that cannot be told.
  ///
  /// Whether a machine has come to a state in which it was before is told by this. Default: what is hashable is hashed.
  func hashState(into hasher: inout Hasher) -> Bool

  /// Whether the first resumption says no more to it than that a call is done. Explorers ask. Default: no.
  static var ignoresStart: Bool { get }

  /// What it may do from where it stands. Default: it is not known.
  ///
  /// - Parameter isWaiting: whether it waits in the call of its last step.
  /// - Returns: nil where it is not known.
  func prospect(isWaiting: Bool) -> Prospect?

  /// The line of its text in which it stands; nil for a coroutine without a text. Default: nil.
  var line: Int? { get }
}

extension Coroutine {
  /// Goes on.
  public mutating func _resume() -> Trap { resume(with: .done) }

  /// Does nothing.
  public mutating func act(in kernel: KernelContext) -> Disposition<Void> { .reply(()) }

  /// Yes.
  public func isReady(in kernel: KernelContext) -> Bool { true }

  /// It cannot be told.
  public func hashState(into hasher: inout Hasher) -> Bool { false }

  /// It may say more.
  public static var ignoresStart: Bool { false }

  /// It is not known.
  public func prospect(isWaiting: Bool) -> Prospect? { nil }

  /// None.
  public var line: Int? { nil }
}

extension Coroutine where Self: Hashable {
  /// Hashes the value.
  public func hashState(into hasher: inout Hasher) -> Bool {
    hash(into: &hasher)
    return true
  }
}

/// A coroutine written by hand as a value, which keeps its place in its properties.
///
/// Conform with a struct or an enum whose copies are independent: a scheduler whose tasks are all state
/// machines can be checkpointed by copying. Where it is `Hashable`, too, an explorer recognises the states in which
/// it was before; its value must then say what it does next, and what it waits for.
public protocol StateMachine: Coroutine {}

/// The answer that a coroutine is resumed with.
public enum Resumption {
  /// Nothing yet: the first resumption.
  case start
  /// Its system call is done, and has no reply.
  case done
  /// The reply to its system call, of the call's `Reply` type.
  ///
  /// Indirect, so that a resumption is one word: most have no reply, and each step passes one on.
  indirect case reply(Any)
  /// The error that its system call fails with; `Termination` when it is being ended.
  case failure(any Error)
}

/// Why a coroutine came back.
public enum Trap {
  /// It makes a system call, and waits to be resumed with the answer.
  case call(any SystemCall)
  /// It makes a system call without arguments: the same as `.call`, at half the cost.
  case short(ShortCall)
  /// It ran to its end.
  case returned
  /// It ended with an error that it did not catch.
  case threw(any Error)
  /// It awaits something outside the kernel, and cannot be resumed until that comes back.
  case escaped
}

/// The most frequent system calls, for which a trap has a short form.
public struct ShortCall: Hashable, Sendable {
  // A whole word, since traps are read by the word: a byte would stall the reader.
  private let number: Int

  /// `Yield()`.
  public static let yield = ShortCall(number: 0)
  /// `Compute()`.
  public static let compute = ShortCall(number: 1)
}

extension Trap {
  /// It calls `Yield`.
  public static var yield: Trap { .short(.yield) }

  /// It calls `Compute`.
  public static var compute: Trap { .short(.compute) }
}

/// The error that a task is resumed with when it is being ended, so that its `defer`s run.
///
/// It is sticky: a task that catches it gets it again from each later system call, and is abandoned after
/// `Limits.refusals` of them.
public enum Termination: Error, Hashable, Sendable {
  /// The task was killed, or its scheduler went away.
  case killed
  /// The task called `Exit`.
  case exiting(Int)
}

/// How an attempt to end a coroutine went.
enum Unwinding {
  case ended
  /// It made too many system calls instead of ending, and was given up.
  case stuck
  /// It began to await something outside the kernel on its way out.
  case escaped
}

extension Coroutine {
  /// Resumes with an error, again and again, until the coroutine ends or has refused too often.
  mutating func unwind(
    with error: Termination,
    refusals limit: Int,
    onRefusal: (any SystemCall) -> Void = { _ in }
  ) -> Unwinding {
    var refused = 0
    while true {
      let trap = resume(with: .failure(error))
      switch trap {
      case .returned, .threw: return .ended
      case .escaped: return .escaped
      case .call, .short:
        guard refused < limit, let call = trap.systemCall else { return .stuck }
        refused += 1
        onRefusal(call)
      }
    }
  }
}
