// A grant is final, but for one case: who is killed before it goes on never had it.

extension KernelContext {
  /// Keeps a call that gives its caller something, until the caller goes on; or has it taken back at once, when
  /// the caller is about to end.
  @inlinable
  @inline(__always)
  func noteGrant<Call: SystemCall>(of call: Call, _ reply: @autoclosure () -> Call.Reply?) {
    if isCallerDoomed { call.takeBack(reply(), in: self) } else { keepGrant(of: PackedCall(call)) }
  }

  /// Has such a call know, when the caller is about to end, that its wait comes to nothing.
  @inlinable
  @inline(__always)
  func noteWait<Call: SystemCall>(of call: Call) {
    if isCallerDoomed { call.takeBack(nil, in: self) }
  }

  @usableFromInline
  var isCallerDoomed: Bool { scheduler.state[slot].isDoomed }

  @usableFromInline
  func keepGrant(of call: consuming PackedCall) { scheduler.state[slot].keepGrant(of: call) }
}

extension Scheduler {
  /// Has a killed task's call know that its wait has come to nothing.
  func takeBack(_ wait: Wait, from slot: Slot) {
    takeBack(wait.call, nil, from: slot)
  }

  /// Takes back what a killed task was granted, if it has not run since.
  func takeBackGrant(from slot: Slot) {
    guard let call = state[slot].takeGrant() else { return }
    takeBack(call, state[slot].takeResumption(), from: slot)
  }

  private func takeBack<Call: SystemCall>(_ call: Call, _ answer: Resumption?, from slot: Slot) {
    guard Call.isGrant else { return }
    let reply: Call.Reply?
    switch answer {
    case nil: reply = nil
    case .reply(let value)?: reply = value as? Call.Reply
    case .done?: reply = Call.usualReply ?? (() as? Call.Reply)
    case .start?, .failure?: return
    }
    call.takeBack(reply, in: KernelContext(scheduler: self, slot: slot))
  }

  /// Has the objects look at their queues again, from which a task has gone with nothing.
  func review(_ reason: WaitTarget) {
    switch reason {
    case .object(let object, _): review(object)
    case .anyOf(let places): for place in places { review(place.object) }
    case .task, .anyChild, .time, .io, .arrival, .channel, .outside: break
    }
  }

  private func review(_ id: ObjectID) {
    review(id, state.objects[id].box.type)
  }

  private func review<Value: KernelObject>(_ id: ObjectID, _ type: Value.Type) {
    Value.reviewQueue(
      of: Object<Value>(id),
      in: KernelContext(scheduler: self, slot: .operator)
    )
  }

  /// Passes on what an ended task held, newest first.
  func passOnHolds(of slot: Slot) {
    while let newest = state.objects.holds.newestHold(of: slot),
      let hold = state.endHold(newest.object, by: slot, at: moment)
    {
      let ended = EndedHold(
        task: state[slot].tid,
        mode: hold.mode,
        isUnused: hold.dispatches == state[slot].dispatches
      )
      touch(.object(hold.object), by: ended.task)
      pass(on: hold.object, ended, from: slot, state.objects[hold.object].box.type)
    }
  }

  private func pass<Value: KernelObject>(
    on id: ObjectID,
    _ hold: EndedHold,
    from slot: Slot,
    _ type: Value.Type
  ) {
    Value.pass(on: Object<Value>(id), from: hold, in: KernelContext(scheduler: self, slot: slot))
  }
}
