// Stopping tasks where they are, and letting them go on.

extension Scheduler {
  /// Stops a task; false when there is no such live task.
  func stop(_ target: TaskID, by stopper: TaskID) -> Bool {
    guard let slot = state.slot(of: target) else { return false }
    guard !state[slot].isStopped else { return true }
    emit(.stops, target, .stopped(by: stopper))
    touch(.steps(target), by: stopper)
    switch state[slot].phase {
    case .queued, .ready:
      state.withdraw(slot, .stopped, at: moment)
    case .running:
      // The caller stops itself: it loses the CPU when its call is answered.
      state.endTurn(of: slot, .stopped, at: moment)
    case .waiting, .gone:
      break
    }
    state[slot].beginStop(at: moment)
    return true
  }

  /// Lets a stopped task go on; false when there is no such live task.
  func resume(_ target: TaskID, by resumer: TaskID) -> Bool {
    guard let slot = state.slot(of: target) else { return false }
    guard state[slot].isStopped else { return true }
    state[slot].endStop(at: moment)
    emit(.stops, target, .continued(by: resumer))
    touch(.steps(target), by: resumer)
    if state[slot].phase == .ready { state.makeReady(slot, at: moment) }
    return true
  }
}
