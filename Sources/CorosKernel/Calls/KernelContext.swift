/// What the handler of a system call may ask of the kernel, and order from it.
///
/// It is valid only while the handler runs.
public struct KernelContext {
  let scheduler: Scheduler
  let slot: Slot

  init(scheduler: Scheduler, slot: Slot) {
    self.scheduler = scheduler
    self.slot = slot
  }

  // MARK: Questions

  /// The task that made the call; 0 for the operator.
  public var caller: TaskID { scheduler.state[slot].tid }

  /// The present tick.
  public var now: Tick {
    noteRead(.clock)
    scheduler.clockReadings &+= 1
    return scheduler.state.now
  }

  /// The most that the scheduler holds.
  public var limits: Limits { scheduler.limits }

  /// How many tasks are alive.
  public var liveTaskCount: Int {
    noteRead(.taskCount)
    return scheduler.state.registry.liveCount
  }

  /// Whether a child of the caller is alive.
  public var hasLiveChildren: Bool {
    noteRead(.children(caller))
    return scheduler.state[slot].liveChildren > 0
  }

  /// Whether a task lives, has ended, or is unknown.
  public func status(of task: TaskID) -> TaskStatus {
    noteRead(.life(task))
    return scheduler.state.registry.status(of: task)
  }

  /// Who created a live task; the operator once the creator has ended.
  public func parent(of task: TaskID) -> TaskID {
    noteRead(.life(task))
    // Whether the creator lives counts, too.
    if let slot = scheduler.state.slot(of: task) { noteRead(.life(scheduler.state[slot].parent)) }
    return scheduler.state.livingParent(of: task)
  }

  /// The scheduling parameters of a live task; nil when there is no such task.
  public func parameters(of task: TaskID) -> SchedulingParameters? {
    noteRead(.life(task))
    noteRead(.parameters(task))
    return scheduler.state.slot(of: task).map { scheduler.state[$0].parameters }
  }

  /// The priority of a live task as it counts: its own, or a higher one that is lent to it.
  ///
  /// See ``WaiterOrder/lentPriority``. Nil when there is no such task.
  public func effectivePriority(of task: TaskID) -> Int? {
    noteRead(.parameters(task))
    return scheduler.state.slot(of: task).map {
      scheduler.state.effectiveParameters(of: $0).priority
    }
  }

  /// The tick at which a timeout, counted from the end of the caller's step, is over; nil for no timeout.
  ///
  /// - Throws: `SystemCallError.invalidArgument` when the time is negative or beyond the clock's range.
  public func deadline(after ticks: Tick?) throws(SystemCallError) -> Tick? {
    guard let ticks else { return nil }
    noteRead(.clock)
    guard ticks >= 0 else { throw .invalidArgument("a time cannot be negative: \(ticks)") }
    let (deadline, overflow) = scheduler.moment.addingReportingOverflow(ticks)
    guard !overflow, deadline <= endOfTime else {
      throw .invalidArgument("a time of \(ticks) ticks never comes")
    }
    return deadline
  }

  // MARK: Orders

  /// The next number of the scheduler's random sequence, below a bound of at least 1.
  public func random(below bound: Int) -> Int {
    noteChange(.random)
    return scheduler.state.random.next(below: bound)
  }

  /// Hands a line of the caller's output to the observers.
  public func write(_ text: String) {
    noteChange(.output)
    scheduler.emit(.output, caller, .wrote(text))
  }

  /// Hands a note of the caller's to the observers, as the event `noted`.
  public func tell(_ note: Note) {
    noteChange(.output)
    scheduler.emit(.notes, caller, .noted(note))
  }

  /// Ends the caller's slice: the caller goes to the tail of the queue once its call is answered.
  public func endSlice() {
    scheduler.isSliceOver = true
  }

  /// Kills a task; true when it was alive.
  ///
  /// The caller may be the victim: it ends after its call.
  ///
  /// - Parameter target: the victim.
  /// - Returns: whether it was alive.
  public func kill(_ target: TaskID) -> Bool {
    noteChange(.life(target))
    return scheduler.kill(target, by: caller)
  }

  /// Changes the scheduling parameters of a task; true when it was alive.
  ///
  /// - Parameters:
  ///   - task: whose parameters.
  ///   - parameters: the new parameters.
  /// - Returns: whether it was alive.
  /// - Throws: `SystemCallError.invalidArgument` when a value is out of range.
  public func setParameters(
    of task: TaskID,
    to parameters: SchedulingParameters
  ) throws(SystemCallError) -> Bool {
    try parameters.check()
    noteChange(.parameters(task))
    guard let slot = scheduler.state.slot(of: task) else { return false }
    scheduler.state.setParameters(parameters, of: slot, at: scheduler.moment)
    scheduler.note(.prioritised(parameters.priority), of: task)
    return true
  }

  /// Handles a call that changes a scheduling parameter of a task or of the caller.
  func adjust<Call: SystemCall>(
    _ target: TaskID?,
    for call: Call,
    _ change: (inout SchedulingParameters) -> Void
  ) -> Disposition<Bool> {
    let target = target ?? caller
    if target == .operator { return .fail(SystemCallError.onlyForTasks(call: Call.name)) }
    guard var parameters = parameters(of: target) else { return .reply(false) }
    change(&parameters)
    do throws(SystemCallError) {
      return .reply(try setParameters(of: target, to: parameters))
    } catch {
      return .fail(error)
    }
  }

  /// Stops a task; true when it was alive.
  public func stop(_ target: TaskID) -> Bool {
    noteChange(.life(target))
    return scheduler.stop(target, by: caller)
  }

  /// Lets a stopped task go on; true when it was alive.
  public func resume(_ target: TaskID) -> Bool {
    noteChange(.life(target))
    return scheduler.resume(target, by: caller)
  }

  /// Wakes the task that has waited longest on a channel; false when there is none.
  ///
  /// - Parameters:
  ///   - channel: the channel.
  ///   - value: the reply to its call, unless the call's `resume(after:in:)` decides otherwise.
  /// - Returns: whether there was one.
  @discardableResult
  public func wake(_ channel: WaitChannel, with value: Any? = nil) -> Bool {
    noteChange(.channel(channel))
    guard let waiter = scheduler.state.firstWaiter(on: channel) else { return false }
    scheduler.wake(waiter, .signalled(value))
    return true
  }

  /// Wakes all the tasks that wait on a channel, in the order in which they began to wait.
  ///
  /// Tasks that begin to wait meanwhile, for the first time or again, go on waiting.
  ///
  /// - Returns: how many it has woken.
  @discardableResult
  public func wakeAll(_ channel: WaitChannel, with value: Any? = nil) -> Int {
    noteChange(.channel(channel))
    let last = scheduler.state.waits.lastNumber
    var count = 0
    while let waiter = scheduler.state.firstWaiter(on: channel),
      let wait = scheduler.state[waiter].wait, wait.number <= last
    {
      scheduler.wake(waiter, .signalled(value))
      count += 1
    }
    return count
  }

  /// Notes that the caller, if it is a task's parent, has been told of its end.
  public func collect(_ child: TaskID) {
    noteChange(.children(caller))
    scheduler.state.collect(child, by: slot)
  }

  /// The caller's child that ended first, of those it has not been told of.
  public func collectEndedChild() -> EndedChild? {
    noteChange(.children(caller))
    return scheduler.state.collectFirst(by: slot)
  }
}
