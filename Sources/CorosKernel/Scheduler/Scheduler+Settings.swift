// What can be changed while tasks are alive.

extension Scheduler {
  /// Changes the policy, and hands it the ready tasks in the order in which they would have run.
  ///
  /// The task that has the CPU comes first, and its slice ends. O(n) in the ready tasks.
  ///
  /// - Parameter policy: the new policy, holding no tasks.
  public func use(_ policy: any SchedulingPolicy) {
    entering {
      state.use(policy)
      note(.ruled(policy.description), of: .operator)
    }
  }

  /// Has a ready task run next, for a tick, whatever the policy.
  ///
  /// A policy that takes picks, as `OperatorsChoice` does, is told. Under any other the task runs out of turn:
  /// the task that has the CPU loses it, and afterwards the policy goes on as if the picked task had been
  /// stopped for that tick. A task that has the CPU already needs no pick; it can still be preempted by one
  /// that becomes ready meanwhile. O(1), beside the policy's own `remove` and `enqueue`.
  ///
  /// - Parameter task: which task.
  /// - Throws: `SystemCallError.invalidArgument` when the task is not ready.
  public func pick(_ task: TaskID) throws(SystemCallError) {
    try entering { () throws(SystemCallError) in
      guard let slot = state.slot(of: task) else {
        throw .invalidArgument("there is no live task \(task)")
      }
      // It runs next as things stand.
      if state.cpu.holder == slot { return }
      guard state[slot].isQueued else { throw .invalidArgument("task \(task) is not ready") }
      if !state.policy.pick(state.handle(slot)) { state.runOutOfTurn(slot) }
    }
  }

  /// Restarts the random numbers, those of the tasks and those of the policy.
  ///
  /// - Parameter seed: the new seed.
  public func reseed(_ seed: UInt64) {
    entering { state.reseed(seed) }
  }

  /// The most live tasks; a limit below their present number ends none of them.
  public var taskLimit: Int {
    get { state.limits.tasks }
    set { state.limits.tasks = max(0, newValue) }
  }
}
