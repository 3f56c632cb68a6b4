// What becomes of a system call: its handler decides, and here the scheduler acts.

extension Scheduler {
  /// Has a call handled and its decision carried out.
  @inline(__always)
  func handle<Call: SystemCall>(_ call: Call, from slot: Slot) {
    emit(.calls, state[slot].tid, .trapped(call.summary))
    isSliceOver = false
    let decision = call.handle(in: KernelContext(scheduler: self, slot: slot))
    settle(decision, of: call, from: slot, keepsSlice: !isSliceOver)
  }

  /// Ends a wait: takes the task out of its queue and lets its call say what becomes of it.
  ///
  /// What the call does may wake others, and their calls others still, further than any stack is deep: so
  /// those are heard after it, in the order in which they woke.
  func wake(_ slot: Slot, _ wakeup: Wakeup) {
    let wait = state.release(slot, at: moment)
    if case .arrival = wait.reason { return arrive(slot) }
    let call = wait.call
    emit(.waits, state[slot].tid, .woke(because: Self.describe(wakeup, wait.reason)))
    guard !isWaking else { return wokenMeanwhile.append((slot, call, wakeup)) }
    isWaking = true
    call._reenter(KernelContext(scheduler: self, slot: slot), after: wakeup)
    while !wokenMeanwhile.isEmpty {
      for (slot, call, wakeup) in exchange(&wokenMeanwhile, with: []) {
        // Killed since it woke: it has nothing more to say.
        if state[slot].isDoomed {
          finish(slot, .killed)
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

  /// Has the end of a wait handled and the decision carried out.
  @inline(__always)
  func handle<Call: SystemCall>(_ call: Call, of slot: Slot, after wakeup: Wakeup) {
    let isCallerSliceOver = isSliceOver
    let decision = call.resume(after: wakeup, in: KernelContext(scheduler: self, slot: slot))
    isSliceOver = isCallerSliceOver
    settle(decision, of: call, from: slot, keepsSlice: false)
  }

  /// Carries out a decision about a task that is in no queue.
  @inline(__always)
  private func settle<Call: SystemCall>(
    _ decision: Disposition<Call.Reply>,
    of call: Call,
    from slot: Slot,
    keepsSlice: Bool
  ) {
    if _slowPath(state[slot].isDoomed) { return finish(slot, .killed) }
    switch decision {
    case .reply(let reply):
      // Decided when the call's way through the kernel is compiled: most calls have no reply.
      if Call.Reply.self == Void.self {
        emit(.calls, state[slot].tid, .replied(""))
        state[slot].setDone()
        goOn(slot, keepsSlice)
      } else {
        answer(slot, .reply(reply), .replied(Self.describe(reply)), keepsSlice)
      }
    case .fail(let error):
      answer(slot, .failure(error), .refused(String(describing: error)), keepsSlice)
    case .block(let reason, let deadline):
      if let objection = objection(to: reason, until: deadline, by: slot) {
        answer(slot, .failure(objection), .refused(objection.description), keepsSlice)
      } else {
        emit(.waits, state[slot].tid, .blocked(on: reason, until: deadline))
        state.block(slot, on: reason, until: deadline, call: call, at: moment)
      }
    case .finish(let status):
      if slot == .operator {
        let error = SystemCallError.onlyForTasks(call: Call.name)
        answer(slot, .failure(error), .refused(error.description), keepsSlice)
      } else {
        finish(slot, status)
      }
    }
  }

  /// Answers a task's call; it keeps the CPU if its slice lasts, and is queued if not.
  private func answer(
    _ slot: Slot,
    _ resumption: Resumption,
    _ action: @autoclosure () -> Event.Action,
    _ keepsSlice: Bool
  ) {
    emit(.calls, state[slot].tid, action())
    state[slot].setResumption(resumption)
    goOn(slot, keepsSlice)
  }

  /// Lets a task that has its answer keep the CPU while its slice lasts, and queues it if not.
  @inline(__always)
  private func goOn(_ slot: Slot, _ keepsSlice: Bool) {
    if !keepsSlice || !state.continueSlice(of: slot, at: moment) {
      state.makeReady(slot, at: moment)
    }
  }

  /// Why a call cannot block as it wants to; a call of the kernel's own never gives a reason.
  private func objection(
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
    case .task, .time, .io, .anyChild, .channel:
      nil
    }
  }

  private static func describe<Reply>(_ reply: Reply) -> String {
    switch reply {
    case is Void: ""
    case let optional as any OptionalValue: optional.text
    default: String(describing: reply)
    }
  }
}

/// Lets a reply that may be missing be described without the word `Optional`.
private protocol OptionalValue {
  var text: String { get }
}

extension Optional: OptionalValue {
  fileprivate var text: String { map { String(describing: $0) } ?? "none" }
}
