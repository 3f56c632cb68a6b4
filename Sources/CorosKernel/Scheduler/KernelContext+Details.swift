// Telling those who keep books of what tasks share.

extension Scheduler {
  @inline(__always)
  func note(_ detail: @autoclosure () -> Event.Detail, of task: @autoclosure () -> TaskID) {
    // The hint moves all of it out of the path without such observers.
    if _slowPath(interests.contains(.details)) { emit(.details, task(), .detail(detail())) }
  }
}

extension KernelContext {
  /// Notes that the caller asks for an object, and will wait as long as it takes; told if it holds others.
  package func noteRequest<Value>(of object: Object<Value>, for mode: UInt8 = 0) {
    guard _slowPath(scheduler.interests.contains(.details)),
      scheduler.state.objects.contains(object.id),
      scheduler.state.objects.holds.newestHold(of: slot) != nil,
      !scheduler.state[slot].scopes.mayEndWaits
    else { return }
    scheduler.note(.asked(scheduler.state.place(in: object.id, for: mode)), of: caller)
  }

  /// Notes that a task got a permit, which it does not hold; the caller, unless a waiter is given.
  package func notePermitTaken<Value>(of object: Object<Value>, by waiter: Waiter? = nil) {
    scheduler.note(
      .took(scheduler.state.place(in: object.id, for: 0)),
      of: waiter?.task ?? caller
    )
  }

  /// Notes that the caller gave such a permit.
  package func notePermitGiven<Value>(of object: Object<Value>) {
    scheduler.note(.gave(scheduler.state.place(in: object.id, for: 0)), of: caller)
  }

  /// Notes that a task learns of the end of another.
  package func noteHeard(endOf task: TaskID, by hearer: TaskID) {
    scheduler.note(.heard(endOf: task), of: hearer)
  }

  /// Notes that of things of which there may only be so many few are left, or none, and a task waits for one.
  ///
  /// - Parameters:
  ///   - used: how many there are; the limit, when the task waits.
  ///   - limit: how many there may be; nil where it is the system that has no more.
  ///   - task: who uses the last of them, or waits.
  package func noteScarcity(used: Int, limit: Int?, by task: TaskID) {
    scheduler.note(.scarce(used: used, limit: limit), of: task)
  }

  /// Notes that the caller notified a condition, and how many tasks woke.
  package func noteNotification<Value>(of object: Object<Value>, woken: Int) {
    scheduler.note(.notified(scheduler.state.place(in: object.id, for: 0), woken), of: caller)
  }
}
