// What breakpoints compare after each move, at little cost.

/// The state of a task between two moves, and the number of its wait if it waits.
package struct StateSnapshot: Equatable {
  package let kind: TaskState.Kind
  package let wait: Int?
}

extension Scheduler {
  /// The name of a task, living or ended and remembered.
  package func name(of tid: TaskID) -> String? {
    switch state.registry.directory[tid] {
    case .live(let slot)?: state.name(of: slot)
    case .ended(let record)?: state.registry.names[state.registry.ended[record].name]
    case nil: nil
    }
  }

  /// The state of a task; nil when there is no such task, or it has ended and been forgotten.
  package func stateSnapshot(of tid: TaskID) -> StateSnapshot? {
    guard tid != .operator, let entry = state.registry.directory[tid] else { return nil }
    guard case .live(let slot) = entry else { return StateSnapshot(kind: .exited, wait: nil) }
    let kind = taskState(of: state[slot], in: slot).kind
    return StateSnapshot(kind: kind, wait: kind == .stopped ? nil : state[slot].wait?.number)
  }

  /// The deadlock that a move of this task has led to; nil when there is none.
  ///
  /// O(1) where a timer runs or the task that ran is ready again, else O(n).
  package func deadlock(after task: TaskID) -> Deadlock? {
    guard task != .operator, state.armedTimers == 0, state.cpu.isFree else { return nil }
    if let slot = state.slot(of: task), state[slot].isQueued { return nil }
    return if case .deadlock(let deadlock) = whyNothingRuns() { deadlock } else { nil }
  }
}
