// What can be changed while tasks are alive.

extension Scheduler {
  /// Changes the policy; the ready tasks go over to it in the order in which they would have run.
  ///
  /// The task that keeps the CPU goes first, and its slice ends. O(n) in the ready tasks.
  ///
  /// - Parameter policy: the new policy, holding no tasks.
  public func use(_ policy: any SchedulingPolicy) {
    entering { state.use(policy) }
  }

  /// Has one ready task run next, for a tick, whoever would have been next.
  ///
  /// A policy that takes picks, as `OperatorsChoice` does, is told. Under any other the task runs out of turn:
  /// whoever keeps the CPU loses it, and the policy goes on afterwards as if the task had been stopped for
  /// that tick. The one that keeps the CPU needs no pick; it can lose it, as ever, to one that becomes ready
  /// meanwhile. O(1) beside what it costs the policy to let go of a task and to take one in.
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

  /// Begins the random numbers anew, those of the tasks and those of the policy.
  ///
  /// - Parameter seed: where they begin.
  public func reseed(_ seed: UInt64) {
    entering { state.reseed(seed) }
  }

  /// The most live tasks; a lower limit than there are tasks ends none of them.
  public var taskLimit: Int {
    get { state.limits.tasks }
    set { state.limits.tasks = max(0, newValue) }
  }
}
