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
/// A handler decides and the scheduler acts: it asks questions of the `KernelContext`, orders what the
/// kernel can do, and says what becomes of the caller. It must not block, suspend or keep the context.
public protocol SystemCall: SendableMetatype {
  /// What the caller is answered with.
  associatedtype Reply

  /// The call's name in traces; the type's name unless said otherwise.
  static var name: String { get }

  /// The arguments in traces, such as `task 3`; nothing unless said otherwise.
  var arguments: String { get }

  /// Decides what becomes of the caller.
  func handle(in kernel: KernelContext) -> Disposition<Reply>

  /// Decides what becomes of the caller when a wait that this call began is over.
  ///
  /// Unless said otherwise, the value of a signal is the reply, and a passed deadline is the error
  /// `SystemCallError.timedOut`. A call may block again, to look once more at what it waits for.
  func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Reply>

  /// Has the call handled, and the decision carried out; the kernel's own, not to be written.
  ///
  /// It is a requirement so that the way of each call through the kernel is compiled for its type: a
  /// scheduler holds calls whose types it does not know, and generic code would cost it many times more.
  func _enter(_ kernel: KernelContext)

  /// Has the end of a wait handled, and the decision carried out; the kernel's own, not to be written.
  func _reenter(_ kernel: KernelContext, after wakeup: Wakeup)
}

/// What a handler decides about the caller.
public enum Disposition<Reply> {
  /// It goes on with this reply.
  case reply(Reply)
  /// It goes on with this error, thrown from the call.
  case fail(any Error)
  /// It waits, until something wakes it or the deadline comes.
  case block(on: WaitReason, until: Tick? = nil)
  /// It ends with this status, its `defer`s run.
  case finish(ExitStatus)
}

extension SystemCall {
  /// The type's name.
  public static var name: String { String(describing: Self.self) }

  /// Nothing.
  public var arguments: String { "" }

  /// Replies with the value of the signal; a passed deadline fails.
  @inlinable
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Reply> {
    switch wakeup {
    case .timedOut: return .fail(SystemCallError.timedOut)
    case .signalled(let value):
      if Reply.self == Void.self, let nothing = () as? Reply { return .reply(nothing) }
      // Unwrapped first: to a caller who takes anything, an optional would be a value, too.
      if let value, let reply = value as? Reply { return .reply(reply) }
      if value == nil, let reply = value as? Reply { return .reply(reply) }
      return .fail(SystemCallError.wrongReply(to: Self.name))
    case .ended:
      return .fail(SystemCallError.wrongReply(to: Self.name))
    }
  }

  /// The call as it stands in traces.
  package var summary: CallSummary {
    CallSummary(type: Self.self, arguments: arguments)
  }
}
