// Tasks that await something outside the kernel.

/// Stands for the await in the task's ticket: being back is the whole reply.
private struct AwaitOutside: SystemCall {
  func handle(in kernel: KernelContext) -> Disposition<Void> { .reply(()) }
}

extension Scheduler {
  /// Handles a task that did not come back to the kernel: fails it, or parks it until it does.
  func noteEscape(_ slot: Slot) {
    emit(.lives, state[slot].tid, .escaped)
    switch foreignAwaits {
    case .park where state[slot].coroutine is AsyncCoroutine:
      state.block(slot, on: .outside, until: nil, call: PackedCall(AwaitOutside()), at: moment)
      parked.append(state[slot].tid)
    case .park, .refuse:
      // A state machine has no way to come back from outside.
      end(slot, .failed(Self.escapeMessage))
    }
  }

  /// What a task fails with that awaits something outside.
  ///
  /// The usual reasons are a `Task.sleep` or an actor with an executor of its own; the subtle one is a closure
  /// written in top-level code or another main-actor context, which belongs to that actor.
  static let escapeMessage =
    "awaited something outside the kernel (another executor, such as the main actor's, or real time)"

  /// Wakes the parked tasks that are back, in the order in which they left.
  func fetchReturned() {
    host.collect()
    parked = parked.filter { tid in
      guard let slot = state.slot(of: tid), case .outside? = state[slot].wait?.reason else {
        return false
      }
      guard let coroutine = state[slot].coroutine as? AsyncCoroutine, coroutine.isBack else {
        return true
      }
      wake(slot, .signalled(nil))
      return false
    }
  }
}
