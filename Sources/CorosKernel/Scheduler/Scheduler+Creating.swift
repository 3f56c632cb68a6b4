// How tasks are created: to arrive at once, or at a later tick.

extension Scheduler {
  /// Creates a task that runs a body; its parent is the operator.
  ///
  /// - Parameters:
  ///   - name: its name in listings.
  ///   - parameters: its priority, tickets, nice value and length, for policies that use them.
  ///   - arrival: the tick at which it arrives; until then its state is new. Default: now.
  ///   - body: what it does.
  /// - Returns: its id.
  /// - Throws: `SystemCallError.tooManyTasks`, or `invalidArgument` for a tick that has passed and for
  ///   parameters out of range.
  @discardableResult
  public func createTask(
    _ name: String = "task",
    parameters: SchedulingParameters = SchedulingParameters(),
    at arrival: Tick? = nil,
    _ body: @escaping TaskBody
  ) throws(SystemCallError) -> TaskID {
    try createTask(name, .body(body), parameters: parameters, at: arrival)
  }

  /// Creates a task that runs a state machine; its parent is the operator.
  ///
  /// - Parameters:
  ///   - name: its name in listings.
  ///   - machine: what it does.
  ///   - parameters: its priority, tickets, nice value and length, for policies that use them.
  ///   - arrival: the tick at which it arrives; until then its state is new. Default: now.
  /// - Returns: its id.
  /// - Throws: `SystemCallError.tooManyTasks`, or `invalidArgument` for a tick that has passed and for
  ///   parameters out of range.
  @discardableResult
  public func createTask(
    _ name: String = "task",
    machine: any StateMachine,
    parameters: SchedulingParameters = SchedulingParameters(),
    at arrival: Tick? = nil
  ) throws(SystemCallError) -> TaskID {
    try createTask(name, .machine(machine), parameters: parameters, at: arrival)
  }

  /// Creates a task from code in either form, such as a `Program` makes; its parent is the operator.
  ///
  /// - Parameters:
  ///   - name: its name in listings.
  ///   - code: what it does.
  ///   - parameters: its priority, tickets, nice value and length, for policies that use them.
  ///   - arrival: the tick at which it arrives; until then its state is new. Default: now.
  /// - Returns: its id.
  /// - Throws: `SystemCallError.tooManyTasks`, or `invalidArgument` for a tick that has passed and for
  ///   parameters out of range.
  @discardableResult
  public func createTask(
    _ name: String,
    _ code: TaskCode,
    parameters: SchedulingParameters = SchedulingParameters(),
    at arrival: Tick? = nil
  ) throws(SystemCallError) -> TaskID {
    try entering { () throws(SystemCallError) in
      try parameters.check()
      if let arrival, arrival < state.now {
        throw .invalidArgument("tick \(arrival) has passed: it is tick \(state.now)")
      }
      if let arrival, arrival > endOfTime {
        throw .invalidArgument("tick \(arrival) never comes")
      }
      return try createTask(name, code, parent: .operator, parameters: parameters, at: arrival)
    }
  }

  /// Creates a task; without parameters it inherits its parent's.
  func createTask(
    _ name: String,
    _ code: TaskCode,
    parent: TaskID,
    parameters: SchedulingParameters? = nil,
    at arrival: Tick? = nil
  ) throws(SystemCallError) -> TaskID {
    guard state.registry.liveCount < limits.tasks else { throw .tooManyTasks(limit: limits.tasks) }
    let coroutine: any Coroutine
    switch code {
    case .body(let body):
      guard CoroutineHost.isRuntimeSound else { throw .unsupportedRuntime }
      coroutine = AsyncCoroutine(host: host, body: body)
    case .machine(let machine):
      coroutine = machine
    }
    let arrival = arrival ?? moment
    let slot = state.addTask(
      name: name,
      parent: parent,
      coroutine: coroutine,
      parameters: parameters,
      at: arrival,
      from: moment
    )
    let tid = state[slot].tid
    inheritBonds(slot, from: parent)
    emit(.lives, tid, .spawned(name: name, parent: parent))
    if state[slot].parameters.priority != 0 {
      note(.prioritised(state[slot].parameters.priority), of: tid)
    }
    if arrival > moment {
      emit(.waits, tid, .blocked(on: .arrival, until: arrival))
      state.block(slot, on: .arrival, until: arrival, call: PackedCall(Arrive()), at: moment)
    } else {
      state.makeReady(slot, at: moment)
    }
    return tid
  }

  /// Makes a task ready whose arrival has come.
  func arrive(_ slot: Slot) {
    emit(.lives, state[slot].tid, .arrived)
    state.makeReady(slot, at: moment)
  }
}

/// Stands in the ticket of a task that has not arrived: it has made no call, and gets no answer.
private struct Arrive: SystemCall {
  func handle(in kernel: KernelContext) -> Disposition<Void> { .reply(()) }
}
