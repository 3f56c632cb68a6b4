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
  public func _reenter(
    _ kernel: KernelContext,
    after wakeup: consuming Wakeup,
    isCancelled: Bool
  ) {
    let isCallersSliceOver = kernel.beginWakeup()
    // To look into a wake-up copies it, so the kernel says what it is.
    if isCancelled {
      guard case .cancelled(let error) = consume wakeup else { return }
      let decision = cancel(with: error, in: kernel)
      kernel.endWakeup(isCallersSliceOver)
      return settle(decision, in: kernel, mayKeepSlice: false)
    }
    let decision = resume(after: wakeup, in: kernel)
    kernel.endWakeup(isCallersSliceOver)
    settle(decision, in: kernel, mayKeepSlice: false)
  }

  @inlinable
  @inline(__always)
  func settle(
    _ decision: consuming Disposition<Reply>,
    in kernel: KernelContext,
    mayKeepSlice: Bool
  ) {
    switch consume decision {
    case .reply(let reply):
      // Known when this is compiled for a call, as is the question below.
      if Self.isGrant { kernel.noteGrant(of: self, reply) }
      // Most calls have no reply.
      if Reply.self == Void.self {
        kernel.replyNothing(mayKeepSlice)
      } else if Reply.self == Any.self {
        // As it is: to make an `Any` of a reply of type `Any` would put it into a box.
        kernel.reply(unsafeBitCast(reply, to: Any.self), mayKeepSlice)
      } else if Reply.self == Bool.self {
        kernel.replyTruth(unsafeBitCast(reply, to: Bool.self), mayKeepSlice)
      } else {
        kernel.reply(reply, mayKeepSlice)
      }
    case .usual:
      if Self.isGrant { kernel.noteGrant(of: self, Self.usualReply) }
      kernel.replyNothing(mayKeepSlice)
    case .fail(let error): kernel.fail(error, mayKeepSlice)
    case .block(let reason, let deadline):
      if Self.isGrant { kernel.noteWait(of: self) }
      kernel.block(on: reason, until: deadline, PackedCall(self), mayKeepSlice)
    case .queue(let object, let mode, let deadline):
      if Self.isGrant { kernel.noteWait(of: self) }
      kernel.queue(object, mode, until: deadline, PackedCall(self), mayKeepSlice)
    case .finish(let status): kernel.finish(status, Self.self, mayKeepSlice)
    }
  }
}
