// What calls may ask of the state machine that makes them.

extension KernelContext {
  /// Lets the caller's state machine do its act: see ``Coroutine/act(in:)``.
  ///
  /// The act may read and change objects and wake tasks. It must not create tasks.
  public func act() -> Disposition<Void> {
    scheduler.state.tasks.address(of: slot).pointee.coroutine.act(in: self)
  }

  /// Lets the caller's state machine go on within the same step, as if its call had been answered.
  ///
  /// For a call that hands over something that takes no step to know, such as the tick.
  ///
  /// - Returns: its next trap, which the call has to see to.
  package func goOn() -> Trap {
    scheduler.state.tasks.address(of: slot).pointee.coroutine._resume()
  }

  /// Whether a task that waits for an object would not wait any more: see ``Coroutine/isReady(in:)``.
  public func isReady(_ waiter: Waiter) -> Bool {
    guard scheduler.state.tasks.isWaiting(waiter.slot) else { return false }
    let context = KernelContext(scheduler: scheduler, slot: waiter.slot)
    return scheduler.state.tasks.address(of: waiter.slot).pointee.coroutine.isReady(in: context)
  }

  /// All tasks that wait for an object, in the order in which they go.
  public func waiters<Value>(on object: Object<Value>) -> [Waiter] {
    guard scheduler.state.objects.contains(object.id) else { return [] }
    noteRead(.object(object.id))
    return scheduler.state.waiters(on: object.id)
  }
}

extension Scheduler {
  /// What a task runs, if that is a text: a copy that stands at the next act of the task.
  ///
  /// - Parameter tid: which task.
  /// - Returns: nil for other tasks, and for those that have ended.
  public func steppedProgram(of tid: TaskID) -> (any SteppedProgram)? {
    guard let slot = state.slot(of: tid),
      var program = state[slot].coroutine as? any SteppedProgram
    else { return nil }
    if state[slot].wait == nil || state[slot].isNew, let answer = state[slot].pendingAnswer {
      _ = program.resume(with: answer)
    }
    return program
  }
}
