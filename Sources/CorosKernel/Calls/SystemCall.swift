/// A request to the kernel: a value that carries its arguments and knows how to be handled.
///
/// To add a call of your own, write a type with a `handle(in:)`; tasks make it with
/// `os.call(MyCall(...))`, and an extension of `SystemInterface` gives it a name:
///
/// ```swift
/// struct CountTasks: SystemCall {
///   func handle(in kernel: KernelContext) -> Disposition<Int> {
///     .reply(kernel.liveTaskCount)
///   }
/// }
/// ```
///
/// A handler decides and the scheduler acts: the handler asks questions of the `KernelContext`, gives it orders,
/// and returns a decision about the caller. It must not block, suspend or keep the context.
public protocol SystemCall: SendableMetatype {
  /// The type of the reply; `Void` when the call has none.
  associatedtype Reply

  /// The call's name in traces. Default: the type's name.
  static var name: String { get }

  /// The arguments in traces, such as `task 3`. Default: none.
  var arguments: String { get }

  /// The arguments in traces, for calls that name objects, which only the kernel knows by name. Default: the same.
  func arguments(in kernel: KernelContext) -> String

  /// The reply in nearly all cases: a handler gives it by `.usual`, without memory for the way. Default: none.
  ///
  /// A state machine that makes the call is then resumed with `.done`.
  static var usualReply: Reply? { get }

  /// Whether the call touches only what it asks of its context; what else it may touch is not known. Default: no.
  ///
  /// For those who compare the footprints of steps: see ``Touch``.
  static var isTracked: Bool { get }

  /// What must be so for the call not to wait, if that is all that a wait is for. Default: nil.
  ///
  /// For explorers: such a call may as well be made later, when it need not wait, and nobody can tell. It is nil for a
  /// call that waits for a time only: when its time is up, everybody can tell how long it has waited.
  var attempt: Attempt? { get }

  /// Whether such a call, where it would wait, may as well be made later, and nobody can tell.
  ///
  /// For explorers that look at states. Default: where ``attempt`` says what it waits for.
  var isDeferrable: Bool { get }

  /// Where the call gives way to a cancellation of its caller. Default: where it waits.
  static var cancellation: CancellationPoint { get }

  /// Whether a reply gives the caller something that must not be lost: see ``takeBack(_:in:)``. Default: no.
  static var isGrant: Bool { get }

  /// Decides what happens to the caller.
  func handle(in kernel: KernelContext) -> Disposition<Reply>

  /// Decides what happens to the caller when a wait that this call began is over.
  ///
  /// Default: the value of a signal is the reply, and a passed deadline is the error
  /// `SystemCallError.timedOut`. A call may block again, for example to check its condition again.
  func resume(after wakeup: consuming Wakeup, in kernel: KernelContext) -> Disposition<Reply>

  /// Tries the call once more for a caller that waits, since something has come from outside: see ``WakeSource``.
  ///
  /// The caller sleeps on where that came to nothing, and never learns of it. Default: nil.
  ///
  /// - Parameters:
  ///   - task: the caller, which still waits.
  ///   - kernel: the kernel.
  /// - Returns: what the caller is to be woken with, for ``resume(after:in:)``; nil when it has to wait on.
  func retry(for task: TaskID, in kernel: KernelContext) -> Any?

  /// Decides what happens to a caller that was cancelled while it waited.
  ///
  /// Default: the call fails with the error.
  func cancel(with error: Cancelled, in kernel: KernelContext) -> Disposition<Reply>

  /// Takes back what the caller was given, or waited for, and will never use: it was killed before it went on.
  ///
  /// Called in the step of the kill, for calls that are ``isGrant``. Default: does nothing.
  ///
  /// - Parameters:
  ///   - reply: the reply, which the caller has not got; nil when it still waited.
  ///   - kernel: the kernel; the caller is the killed task.
  func takeBack(_ reply: Reply?, in kernel: KernelContext)

  /// Handles the call and carries out the decision. The kernel's own: do not implement it.
  ///
  /// It is a requirement so that the path of each call through the kernel is compiled for its type: a scheduler
  /// holds calls of unknown types, and generic code would cost many times more.
  func _enter(_ kernel: KernelContext)

  /// Handles the end of a wait and carries out the decision. The kernel's own: do not implement it.
  func _reenter(_ kernel: KernelContext, after wakeup: consuming Wakeup, isCancelled: Bool)
}

extension SystemCall {
  /// The type's name.
  public static var name: String { typeName(of: Self.self) }

  /// Nothing.
  public var arguments: String { "" }

  /// The same as without a kernel.
  public func arguments(in kernel: KernelContext) -> String { arguments }

  /// None.
  public static var usualReply: Reply? { nil }

  /// No.
  public static var isTracked: Bool { false }

  /// It is not known.
  public var attempt: Attempt? { nil }

  /// Where it is known what it waits for.
  public var isDeferrable: Bool { attempt != nil }

  /// Where it waits.
  public static var cancellation: CancellationPoint { .whenItWaits }

  /// Fails with the error.
  public func cancel(with error: Cancelled, in kernel: KernelContext) -> Disposition<Reply> {
    .fail(error)
  }

  /// Nothing.
  public func retry(for task: TaskID, in kernel: KernelContext) -> Any? { nil }

  /// No.
  public static var isGrant: Bool { false }

  /// Does nothing.
  public func takeBack(_ reply: Reply?, in kernel: KernelContext) {}

  /// Replies with the value of the signal; a passed deadline fails.
  @inlinable
  public func resume(
    after wakeup: consuming Wakeup,
    in kernel: KernelContext
  ) -> Disposition<Reply> {
    switch consume wakeup {
    case .timedOut: return .fail(SystemCallError.timedOut)
    case .cancelled(let error): return .fail(error)
    case .signalled(nil):
      if Reply.self == Void.self, let nothing = () as? Reply { return .reply(nothing) }
      if Self.usualReply != nil { return .usual }
      if let reply = Any?.none as? Reply { return .reply(reply) }
      return .fail(SystemCallError.wrongReply(to: Self.name))
    case .signalled(let value?):
      if Reply.self == Void.self, let nothing = () as? Reply { return .reply(nothing) }
      if let reply = value as? Reply { return .reply(reply) }
      return .fail(SystemCallError.wrongReply(to: Self.name))
    case .ended, .chosen:
      return .fail(SystemCallError.wrongReply(to: Self.name))
    }
  }
}

/// The name of a type, as `String(describing:)` has it, which first looks through all conformances of the program.
///
/// Never inlined: where the optimiser knows the type, it writes down another name for one that a function declares.
@inline(never)
private func typeName(of type: Any.Type) -> String { _typeName(type, qualified: false) }
