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

  /// Begins the random numbers anew.
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
