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

  /// Has the policy give the CPU to one ready task next, if it takes picks, as `OperatorsChoice` does.
  ///
  /// - Parameter task: which task.
  /// - Throws: `SystemCallError.invalidArgument` when the task is not ready, or the policy does its own
  ///   choosing.
  public func pick(_ task: TaskID) throws(SystemCallError) {
    try entering { () throws(SystemCallError) in
      guard let slot = state.slot(of: task) else {
        throw .invalidArgument("there is no live task \(task)")
      }
      guard state[slot].isQueued else { throw .invalidArgument("task \(task) is not ready") }
      guard state.policy.pick(state.handle(slot)) else {
        throw .invalidArgument(
          "the policy does its own choosing: \(state.policy.current.description)"
        )
      }
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
