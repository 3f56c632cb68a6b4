public import CorosKernel

// What the operator does to the scheduler, recorded so that it can be redone.

extension TimeMachine {
  /// Does something to the scheduler, and records it to be redone.
  ///
  /// In the past it begins a branch. An action that throws must have changed nothing, and is not recorded.
  ///
  /// - Parameters:
  ///   - label: what it is called, in journals and errors.
  ///   - note: makes a note of the result, to be kept with the act: see `notes`.
  ///   - action: does it. It runs again in each replay, so it must make anew whatever its tasks share.
  /// - Returns: what the action returns.
  /// - Throws: what the action throws.
  @discardableResult
  public func act<Result, Failure: Error>(
    _ label: String,
    note: ((Result) -> Any)? = nil,
    _ action: @escaping (Scheduler) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try act(label, kind: .act, note: note, action)
  }

  /// The notes of the acts that led to the present, in order; O(n) in the acts.
  public var notes: [Any] {
    history.actions.prefix { $0.moment <= moment }.compactMap(\.note)
  }

  /// What the acts that led to the present are called, in order; O(n) in the acts.
  package var labels: [String] {
    history.actions.prefix { $0.moment <= moment }.map(\.label)
  }

  /// Changes the policy, as `Scheduler.use` does.
  ///
  /// - Parameters:
  ///   - policy: the new policy, holding no tasks.
  ///   - label: what it is called in journals. Default: `policy` and the policy's description.
  public func use(_ policy: any SchedulingPolicy, label: String? = nil) {
    act(label ?? "policy \(policy.description)", kind: .choosing) { $0.use(policy) }
  }

  /// Picks the task that runs next, as `Scheduler.pick` does.
  ///
  /// - Parameter task: which task.
  /// - Throws: `SystemCallError.invalidArgument` when it cannot be picked.
  public func pick(_ task: TaskID) throws(SystemCallError) {
    try act("pick \(task)", kind: .choosing) { (scheduler) throws(SystemCallError) in
      try scheduler.pick(task)
    }
  }

  /// Restarts the random numbers, as `Scheduler.reseed` does.
  ///
  /// - Parameter seed: the new seed.
  public func reseed(_ seed: UInt64) {
    act("seed \(seed)", kind: .seeding(seed)) { $0.reseed(seed) }
  }

  @discardableResult
  func act<Result, Failure: Error>(
    _ label: String,
    kind: History.Action.Kind,
    note: ((Result) -> Any)? = nil,
    _ action: @escaping (Scheduler) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // The operator cannot wait twice: a wait that began at this moment ends.
    if scheduler.isOperatorWaiting { branchIfInPast() }
    let result = try action(scheduler)
    branchIfInPast()
    keep(label, kind, note: note?(result)) {
      _ = try action($0)
      return nil
    }
    return result
  }

  /// Records an action that has been done.
  func keep(
    _ label: String,
    _ kind: History.Action.Kind,
    note: Any? = nil,
    failure: String? = nil,
    _ redo: @escaping (Scheduler) throws -> String?
  ) {
    noteAdvance()
    history.append(
      History.Action(
        moment: moment,
        label: label,
        kind: kind,
        note: note,
        failure: failure,
        redo: redo
      )
    )
    journal.append(.act(label, at: moment))
    watch?.noteAct()
  }
}
