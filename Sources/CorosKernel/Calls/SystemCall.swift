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

  /// Decides what happens to the caller.
  func handle(in kernel: KernelContext) -> Disposition<Reply>

  /// Decides what happens to the caller when a wait that this call began is over.
  ///
  /// Default: the value of a signal is the reply, and a passed deadline is the error
  /// `SystemCallError.timedOut`. A call may block again, for example to check its condition again.
  func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Reply>

  /// Handles the call and carries out the decision. The kernel's own: do not implement it.
  ///
  /// It is a requirement so that the path of each call through the kernel is compiled for its type: a scheduler
  /// holds calls of unknown types, and generic code would cost many times more.
  func _enter(_ kernel: KernelContext)

  /// Handles the end of a wait and carries out the decision. The kernel's own: do not implement it.
  func _reenter(_ kernel: KernelContext, after wakeup: Wakeup)
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
      // Unwrapped first: where the reply is of type Any, an optional would be a value, too.
      if let value, let reply = value as? Reply { return .reply(reply) }
      if value == nil, let reply = value as? Reply { return .reply(reply) }
      return .fail(SystemCallError.wrongReply(to: Self.name))
    case .ended:
      return .fail(SystemCallError.wrongReply(to: Self.name))
    }
  }
}
