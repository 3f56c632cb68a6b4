// A handler decides; here the scheduler acts.
//
// `SystemCall._enter` and `_reenter` lead here. They are compiled where the call is defined; this is not, and
// does not know the call's type.

extension KernelContext {
  /// Notes that a call is about to be handled.
  ///
  /// - Returns: whether an observer listens to calls or footprints, or a task is cancelled.
  @usableFromInline
  @inline(__always)
  func beginCall() -> Bool {
    scheduler.isSliceOver = false
    return _slowPath(!scheduler.interests.isDisjoint(with: .ofCalls))
  }

  @usableFromInline
  func noteCall(
    _ type: any SystemCall.Type,
    _ arguments: @autoclosure () -> String,
    _ attempt: Attempt?
  ) {
    scheduler.emit(.calls, caller, .trapped(summary(of: type, arguments())))
    scheduler.lastAttempt = attempt
    if !type.isTracked { noteChange(.outside) }
  }

  private func summary(of type: any SystemCall.Type, _ arguments: String) -> CallSummary {
    CallSummary(type: type, arguments: arguments, line: scheduler.state[slot].coroutine.line)
  }

  /// Notes that the end of a wait is about to be handled, within the call of the task that ended it.
  ///
  /// - Returns: whether that task's slice is over, for `endWakeup` to restore.
  @usableFromInline
  @inline(__always)
  func beginWakeup() -> Bool { scheduler.isSliceOver }

  @usableFromInline
  @inline(__always)
  func endWakeup(_ isCallersSliceOver: Bool) {
    scheduler.isSliceOver = isCallersSliceOver
  }

  // MARK: Decisions about a task that is in no queue

  /// Lets the task go on; its call has no reply.
  @usableFromInline
  @inline(__always)
  func replyNothing(_ mayKeepSlice: Bool) {
    if endsInstead() { return }
    scheduler.emit(.calls, caller, .replied(.nothing))
    scheduler.state[slot].setDone()
    goOn(mayKeepSlice)
  }

  /// Lets the task go on with a reply.
  @usableFromInline
  func reply(_ reply: consuming Any, _ mayKeepSlice: Bool) {
    if endsInstead() { return }
    scheduler.emit(
      .calls,
      caller,
      .replied(
        .of(reply) { scheduler.state.objects.contains($0) ? scheduler.state.objects[$0].name : nil }
      )
    )
    scheduler.state[slot].setResumption(.reply(reply))
    goOn(mayKeepSlice)
  }

  /// Lets the task go on with a reply that is true or false: the same two each time, which take no memory.
  @usableFromInline
  func replyTruth(_ reply: Bool, _ mayKeepSlice: Bool) {
    if endsInstead() { return }
    scheduler.emit(.calls, caller, .replied(.of(reply) { _ in nil }))
    scheduler.state[slot].setResumption(reply ? Self.yes : Self.no)
    goOn(mayKeepSlice)
  }

  // Unsafe to the compiler, which does not know that what is in them is Sendable.
  private nonisolated(unsafe) static let yes = Resumption.reply(true)
  private nonisolated(unsafe) static let no = Resumption.reply(false)

  /// Lets the task go on with an error, thrown from its call.
  @usableFromInline
  func fail(_ error: any Error, _ mayKeepSlice: Bool) {
    if endsInstead() { return }
    refuse(error, mayKeepSlice)
  }

  /// Blocks the task.
  @usableFromInline
  func block(
    on reason: WaitReason,
    until deadline: Tick?,
    _ call: consuming PackedCall,
    _ mayKeepSlice: Bool
  ) {
    if endsInstead() { return }
    wait(for: WaitTarget(reason), until: deadline, call, mayKeepSlice)
  }

  /// Blocks the task in the queue of an object.
  @usableFromInline
  func queue(
    _ object: ObjectID,
    _ mode: UInt8,
    until deadline: Tick?,
    _ call: consuming PackedCall,
    _ mayKeepSlice: Bool
  ) {
    if endsInstead() { return }
    // With nobody to tell, no time to watch, and nothing to look at that might refuse it.
    if scheduler.interests.isEmpty, deadline == nil, !scheduler.postponesAttempts,
      scheduler.state.cancelledTasks == 0, scheduler.state.objects.contains(object)
    {
      let moment = scheduler.moment
      return scheduler.state.queue(slot, in: object, for: mode, call: call, at: moment)
    }
    wait(for: .object(object, mode: mode), until: deadline, call, mayKeepSlice)
  }

  @inline(never)
  private func wait(
    for target: WaitTarget,
    until deadline: Tick?,
    _ packed: consuming PackedCall,
    _ mayKeepSlice: Bool
  ) {
    let call = packed.call
    if _slowPath(scheduler.postponesAttempts), deadline == nil, mayKeepSlice,
      let attempt = call.attempt, scheduler.mayPostpone(attempt, target)
    {
      return scheduler.postpone(call, of: slot)
    }
    if _slowPath(scheduler.state.cancelledTasks > 0), type(of: call).cancellation.isRefusal,
      let error = pendingCancellation
    {
      return refuse(error, mayKeepSlice)
    }
    let deadline = scheduler.state.deadline(deadline, for: target, at: scheduler.moment)
    if let objection = scheduler.objection(to: target, until: deadline, by: slot) {
      return refuse(objection, mayKeepSlice)
    }
    scheduler.emit(.waits, caller, .blocked(on: scheduler.state.named(target), until: deadline))
    if _slowPath(scheduler.interests.contains(.details)), scheduler.state[slot].scopes.mayEndWaits,
      type(of: call).cancellation != .never
    {
      scheduler.note(.limited, of: caller)
    }
    noteWait(for: target)
    scheduler.state.block(slot, on: target, until: deadline, call: packed, at: scheduler.moment)
  }

  /// Ends the task, its `defer`s run.
  @usableFromInline
  func finish(_ status: ExitStatus, _ call: any SystemCall.Type, _ mayKeepSlice: Bool) {
    if endsInstead() { return }
    if slot == .operator {
      refuse(SystemCallError.onlyForTasks(call: call.name), mayKeepSlice)
    } else {
      scheduler.finish(slot, status)
    }
  }

  private func noteWait(for target: WaitTarget) {
    switch target {
    case .task(let task): noteChange(.life(task))
    case .anyChild: noteChange(.children(caller))
    case .channel(let channel): noteChange(.channel(channel))
    case .object(let object, _): noteChange(.object(object))
    case .anyOf(let places): for place in places { noteChange(.object(place.object)) }
    case .time, .io: noteRead(.clock)
    case .arrival, .outside: break
    }
  }

  private func refuse(_ error: any Error, _ mayKeepSlice: Bool) {
    scheduler.emit(.calls, caller, .refused(String(describing: error)))
    // Whatever it would have waited for, it has not got that.
    scheduler.lastAttempt = nil
    scheduler.state[slot].setResumption(.failure(error))
    goOn(mayKeepSlice)
  }

  /// Ends the task if its own call has killed it.
  ///
  /// - Returns: whether it has ended.
  @inline(__always)
  private func endsInstead() -> Bool {
    guard _slowPath(scheduler.state[slot].isDoomed) else { return false }
    scheduler.finish(slot, scheduler.state[slot].doom)
    return true
  }

  @inline(__always)
  private func goOn(_ mayKeepSlice: Bool) {
    scheduler.goOn(slot, mayKeepSlice && !scheduler.isSliceOver)
  }
}
