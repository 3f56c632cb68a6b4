// How waits end, and how tasks go on after their calls.

extension Scheduler {
  /// Ends a wait: takes the task out of its queue, and lets its call decide about the task.
  ///
  /// The call may wake others, whose calls wake others again, deeper than any stack: so their calls are
  /// handled after it, in the order in which they woke.
  func wake(_ slot: Slot, _ wakeup: Wakeup) {
    let wait = state.release(slot, at: moment)
    touch(wait.reason, of: state[slot].tid)
    switch wakeup {
    case .timedOut, .cancelled: review(wait.reason)
    case .ended, .signalled, .chosen: break
    }
    if case .arrival = wait.reason { return arrive(slot) }
    let call = wait.call
    emit(.waits, state[slot].tid, .woke(because: Self.describe(wakeup, wait.reason)))
    guard !isWaking else { return wokenMeanwhile.append((slot, call, wakeup)) }
    isWaking = true
    call._reenter(KernelContext(scheduler: self, slot: slot), after: wakeup)
    while !wokenMeanwhile.isEmpty {
      for (slot, call, wakeup) in exchange(&wokenMeanwhile, with: []) {
        // Killed since it woke; a call that has been granted something then gives it back.
        if state[slot].isDoomed, !type(of: call).isGrant {
          finish(slot, state[slot].doom)
        } else {
          call._reenter(KernelContext(scheduler: self, slot: slot), after: wakeup)
        }
      }
    }
    isWaking = false
  }

  private static func describe(_ wakeup: Wakeup, _ reason: WaitReason) -> String {
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
    to reason: WaitReason,
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
      .invalidArgument("cannot wait for \(reason) without a deadline")
    case .anyChild where state[slot].liveChildren == 0:
      .noChildren(of: state[slot].tid)
    case .arrival:
      .invalidArgument("only a task that has not begun can wait for its arrival")
    case .outside:
      .invalidArgument("a system call cannot wait for what is outside the kernel")
    case .object(let place) where !state.objects.contains(place.object):
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
