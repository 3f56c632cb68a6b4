public import CorosKernel

// What is done to the scheduler from outside, kept so that it can be done again.

extension TimeMachine {
  /// Does something to the scheduler, and keeps it to be done again.
  ///
  /// In the past it begins a branch. What throws must have changed nothing, and is not kept.
  ///
  /// - Parameters:
  ///   - label: what it is called, in journals and errors.
  ///   - note: makes something of the result that is kept with the act, for `notes`.
  ///   - action: does it; it runs again in later journeys, so it must make anew whatever its tasks share.
  /// - Returns: what the action returns.
  /// - Throws: what the action throws.
  @discardableResult
  public func act<Result, Failure: Error>(
    _ label: String,
    note: ((Result) -> Any)? = nil,
    _ action: @escaping (Scheduler) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try act(label, kind: .order, note: note, action)
  }

  /// The notes of the acts that led to the present, in their order; O(n) in those.
  public var notes: [Any] {
    history.actions.prefix { $0.moment <= moment }.compactMap(\.note)
  }

  /// Changes the policy, as `Scheduler.use` does.
  ///
  /// - Parameters:
  ///   - policy: the new policy, holding no tasks.
  ///   - label: what it is called in journals; `policy` and its description unless said otherwise.
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

  /// Begins the random numbers anew, as `Scheduler.reseed` does.
  ///
  /// - Parameter seed: where they begin.
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
    // Nobody stands in two queues: what the operator waited for at this moment it waits for no more.
    if scheduler.isOperatorWaiting { branchIfInPast() }
    let result = try action(scheduler)
    branchIfInPast()
    keep(label, kind, note: note?(result)) { _ = try action($0) }
    return result
  }

  /// Keeps an action that has been done.
  func keep(
    _ label: String,
    _ kind: History.Action.Kind,
    note: Any? = nil,
    _ redo: @escaping (Scheduler) throws -> Void
  ) {
    noteAdvance()
    history.append(
      History.Action(moment: moment, label: label, kind: kind, note: note, redo: redo)
    )
    journal.append(.act(label, at: moment))
    watch?.noteAct()
  }
}
