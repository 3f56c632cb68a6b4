// How waits end, and how tasks go on after their calls.

/// What ends a wait, as far as the kernel itself needs to know: to look into a `Wakeup` copies it.
enum WaitEnd {
  /// What the task waited for.
  case signal
  case timeout
  case cancellation
}

extension Scheduler {
  /// Ends a wait: takes the task out of its queue, and lets its call decide about the task.
  ///
  /// The call may wake others, whose calls wake others again, deeper than any stack: so their calls are
  /// handled after it, in the order in which they woke.
  func wake(_ slot: Slot, _ wakeup: consuming Wakeup, by end: WaitEnd = .signal) {
    let wait = state.release(slot, at: moment)
    touch(wait.reason, of: state[slot].tid)
    if end != .signal { review(wait.reason) }
    if case .arrival = wait.reason { return arrive(slot) }
    if _slowPath(interests.contains(.waits)) {
      let words = Self.describe(wakeup, wait.reason)
      emit(.waits, state[slot].tid, .woke(because: words))
    }
    if isWaking {
      return wokenMeanwhile.append((slot, wait.call, consume wakeup, end == .cancellation))
    }
    isWaking = true
    wait.call._reenter(
      KernelContext(scheduler: self, slot: slot),
      after: consume wakeup,
      isCancelled: end == .cancellation
    )
    if !wokenMeanwhile.isEmpty { handleWokenMeanwhile() }
    isWaking = false
  }

  private func handleWokenMeanwhile() {
    while !wokenMeanwhile.isEmpty {
      for (slot, call, wakeup, isCancelled) in exchange(&wokenMeanwhile, with: []) {
        // Killed since it woke; a call that has been granted something then gives it back.
        if state[slot].isDoomed, !type(of: call).isGrant {
          finish(slot, state[slot].doom)
        } else {
          let context = KernelContext(scheduler: self, slot: slot)
          call._reenter(context, after: wakeup, isCancelled: isCancelled)
        }
      }
    }
  }

  private static func describe(_ wakeup: Wakeup, _ reason: WaitTarget) -> String {
    reason == .io ? "its I/O is done" : wakeup.description
  }

  /// Lets a task that has its answer keep the CPU while its slice lasts; queues it otherwise.
  @inline(__always)
  func goOn(_ slot: Slot, _ keepsSlice: Bool) {
    if !keepsSlice || !state.continueSlice(of: slot, at: moment) {
      state.makeReady(slot, at: moment)
    }
  }

  /// Why a call cannot block as it wants to; the kernel's own calls always can.
  func objection(
    to reason: WaitTarget,
    until deadline: Tick?,
    by slot: Slot
  ) -> SystemCallError? {
    if let deadline, deadline > endOfTime {
      return .invalidArgument("tick \(deadline) never comes")
    }
    return switch reason {
    case .task(let target) where state.slot(of: target) == nil:
      .invalidArgument("cannot wait for task \(target): it is not alive")
    case .time where deadline == nil, .io where deadline == nil:
      .invalidArgument("cannot wait for \(state.named(reason)) without a deadline")
    case .anyChild where state[slot].liveChildren == 0:
      .noChildren(of: state[slot].tid)
    case .arrival:
      .invalidArgument("only a task that has not begun can wait for its arrival")
    case .outside:
      .invalidArgument("a system call cannot wait for what is outside the kernel")
    case .object(let object, _) where !state.objects.contains(object):
      .noSuchObject
    case .anyOf(let places) where !places.allSatisfy { state.objects.contains($0.object) }:
      .noSuchObject
    case .anyOf(let places) where places.isEmpty && deadline == nil:
      .invalidArgument("cannot wait for nothing without a deadline")
    case .task, .time, .io, .anyChild, .channel, .object, .anyOf:
      nil
    }
  }
}
