// The path of a system call through the kernel, compiled for the type of the call.
//
// It is inlinable because generic code takes three times as long: without that, a call defined in another
// module would pay for it. What it leads to is `KernelContext+Decisions.swift`.

extension SystemCall {
  /// Handles the call and carries out the decision.
  @inlinable
  public func _enter(_ kernel: KernelContext) {
    if kernel.beginCall() {
      kernel.noteCall(Self.self, arguments(in: kernel), attempt)
      if Self.cancellation == .always, let error = kernel.pendingCancellation {
        return kernel.fail(error, true)
      }
    }
    settle(handle(in: kernel), in: kernel, mayKeepSlice: true)
  }

  /// Handles the end of a wait and carries out the decision.
  @inlinable
  public func _reenter(_ kernel: KernelContext, after wakeup: Wakeup) {
    let isCallersSliceOver = kernel.beginWakeup()
    let decision =
      if case .cancelled(let error) = wakeup {
        cancel(with: error, in: kernel)
      } else {
        resume(after: wakeup, in: kernel)
      }
    kernel.endWakeup(isCallersSliceOver)
    settle(decision, in: kernel, mayKeepSlice: false)
  }

  @inlinable
  @inline(__always)
  func settle(
    _ decision: Disposition<Reply>,
    in kernel: KernelContext,
    mayKeepSlice: Bool
  ) {
    // Known when this is compiled for a call, as is the question below.
    if Self.isGrant { kernel.note(decision, of: self) }
    switch decision {
    case .reply(let reply):
      // Most calls have no reply.
      if Reply.self == Void.self {
        kernel.replyNothing(mayKeepSlice)
      } else {
        kernel.reply(reply, mayKeepSlice)
      }
    case .usual: kernel.replyNothing(mayKeepSlice)
    case .fail(let error): kernel.fail(error, mayKeepSlice)
    case .block(let reason, let deadline):
      kernel.block(on: reason, until: deadline, self, mayKeepSlice)
    case .finish(let status): kernel.finish(status, Self.self, mayKeepSlice)
    }
  }
}
