// What becomes of a system call: its handler decides, and here the scheduler acts.

extension Scheduler {
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

  /// Lets a task that has its answer keep the CPU while its slice lasts, and queues it if not.
  @inline(__always)
  fileprivate func goOn(_ slot: Slot, _ keepsSlice: Bool) {
    if !keepsSlice || !state.continueSlice(of: slot, at: moment) {
      state.makeReady(slot, at: moment)
    }
  }

  /// Why a call cannot block as it wants to; a call of the kernel's own never gives a reason.
  fileprivate func objection(
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

  fileprivate static func describe(_ reply: Any) -> String {
    switch reply {
    case let optional as any OptionalValue: optional.text
    default: String(describing: reply)
    }
  }
}

// What a call's path through the kernel leads to: see `SystemCall._enter`, which is compiled elsewhere, too.
extension KernelContext {
  /// Notes that a call is about to be handled; true when somebody wants to hear of it.
  @usableFromInline
  @inline(__always)
  func beginCall() -> Bool {
    scheduler.isSliceOver = false
    return _slowPath(!scheduler.interests.isDisjoint(with: .calls))
  }

  @usableFromInline
  func traceCall(_ name: String, _ arguments: String) {
    scheduler.emit(.calls, caller, .trapped(CallSummary(name: name, arguments: arguments)))
  }

  /// Notes that the end of a wait is about to be handled, on behalf of whoever's call caused it.
  ///
  /// - Returns: what `endWakeup` takes.
  @usableFromInline
  @inline(__always)
  func beginWakeup() -> Bool { scheduler.isSliceOver }

  @usableFromInline
  @inline(__always)
  func endWakeup(_ isCallersSliceOver: Bool) {
    scheduler.isSliceOver = isCallersSliceOver
  }

  // MARK: Decisions about a task that is in no queue

  /// The call is done, and has no reply.
  @usableFromInline
  @inline(__always)
  func replyNothing(_ mayKeepSlice: Bool) {
    if endsInstead() { return }
    scheduler.emit(.calls, caller, .replied(""))
    scheduler.state[slot].setDone()
    goOn(mayKeepSlice)
  }

  @usableFromInline
  func reply(_ reply: consuming Any, _ mayKeepSlice: Bool) {
    if endsInstead() { return }
    scheduler.emit(.calls, caller, .replied(Scheduler.describe(reply)))
    scheduler.state[slot].setResumption(.reply(reply))
    goOn(mayKeepSlice)
  }

  @usableFromInline
  func fail(_ error: any Error, _ mayKeepSlice: Bool) {
    if endsInstead() { return }
    refuse(error, mayKeepSlice)
  }

  @usableFromInline
  func block(
    on reason: WaitReason,
    until deadline: Tick?,
    _ call: any SystemCall,
    _ mayKeepSlice: Bool
  ) {
    if endsInstead() { return }
    if let objection = scheduler.objection(to: reason, until: deadline, by: slot) {
      return refuse(objection, mayKeepSlice)
    }
    scheduler.emit(.waits, caller, .blocked(on: reason, until: deadline))
    scheduler.state.block(slot, on: reason, until: deadline, call: call, at: scheduler.moment)
  }

  @usableFromInline
  func finish(_ status: ExitStatus, _ call: String, _ mayKeepSlice: Bool) {
    if endsInstead() { return }
    if slot == .operator {
      refuse(SystemCallError.onlyForTasks(call: call), mayKeepSlice)
    } else {
      scheduler.finish(slot, status)
    }
  }

  private func refuse(_ error: any Error, _ mayKeepSlice: Bool) {
    scheduler.emit(.calls, caller, .refused(String(describing: error)))
    scheduler.state[slot].setResumption(.failure(error))
    goOn(mayKeepSlice)
  }

  /// Ends the task if its call, or what that led to, has killed it.
  @inline(__always)
  private func endsInstead() -> Bool {
    guard _slowPath(scheduler.state[slot].isDoomed) else { return false }
    scheduler.finish(slot, .killed)
    return true
  }

  @inline(__always)
  private func goOn(_ mayKeepSlice: Bool) {
    scheduler.goOn(slot, mayKeepSlice && !scheduler.isSliceOver)
  }
}

/// Lets a reply that may be missing be described without the word `Optional`.
private protocol OptionalValue {
  var text: String { get }
}

extension Optional: OptionalValue {
  fileprivate var text: String { map { String(describing: $0) } ?? "none" }
}
