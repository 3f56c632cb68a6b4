/// A deterministic, single-threaded kernel that shares one thread among coroutine tasks.
///
/// A scheduler picks a ready task, resumes it until it traps with a system call, handles the call, and
/// picks again; one such dispatch is a step, and a tick of its virtual clock. It prints nothing and
/// reads no clock: what happens is told to observers, and the same program, policy and seed give the
/// same events, each time.
///
/// ```swift
/// let scheduler = Scheduler()
/// try scheduler.createTask("parent") { os in
///   let child = try await os.newTask("child") { os in
///     try await os.sleep(10)
///   }
///   try await os.waitTask(child)
/// }
/// let outcome = scheduler.runEventLoop()  // .allFinished
/// ```
///
/// It is a plain object of one thread: make as many as you like, side by side. A task speaks to its
/// scheduler by system calls and by nothing else; to call a scheduler's own methods from inside a task
/// stops the program. When a scheduler goes away its tasks are ended, their `defer`s run.
///
/// How the parts fit: `step()` below is the whole machine; `SystemCall._enter` and `KernelContext`'s
/// decisions are what becomes of a system call; `KernelState` does the bookkeeping of queues, and only it.
public final class Scheduler {
  /// What becomes of tasks that await something outside.
  public let foreignAwaits: ForeignAwaits
  /// How much the scheduler holds at the most.
  public var limits: Limits { state.limits }

  // Not exclusivity-checked: these are touched on every step, and nothing that runs inside a step can
  // reach them, since every entrance checks `isBusy`.
  @exclusivity(unchecked) var state: KernelState
  @exclusivity(unchecked) var observers: [any Observer] = []
  /// What each of the observers wants to hear, and all of them together.
  @exclusivity(unchecked) var wishes: ContiguousArray<Event.Kinds> = []
  @exclusivity(unchecked) var interests: Event.Kinds = []
  @exclusivity(unchecked) var eventCount = 0
  /// Set while a task runs or its call is handled.
  @exclusivity(unchecked) private(set) var isBusy = false
  /// Set by a call that gives up the rest of the caller's slice.
  @exclusivity(unchecked) var isSliceOver = false
  /// Set while the call of a task that woke is handled, and those that it wakes in turn.
  @exclusivity(unchecked) var isWaking = false
  /// Tasks that woke meanwhile, whose calls are yet to be handled.
  @exclusivity(unchecked) var wokenMeanwhile: [(Slot, any SystemCall, Wakeup)] = []
  /// Tasks that await something outside, in the order in which they left; some may be gone.
  @exclusivity(unchecked) var parked: [TaskID] = []
  let host = CoroutineHost()

  /// Makes a scheduler with no tasks, at tick 0.
  ///
  /// - Parameters:
  ///   - policy: which ready task runs next; round robin with a quantum of 1 unless said otherwise.
  ///   - seed: where the random numbers of `Random`, and of policies, begin.
  ///   - limits: how much it holds.
  ///   - foreignAwaits: what becomes of a task that awaits something outside the kernel.
  public init(
    policy: any SchedulingPolicy = RoundRobin(),
    seed: UInt64 = 0,
    limits: Limits = Limits(),
    foreignAwaits: ForeignAwaits = .refuse
  ) {
    state = KernelState(policy: policy, seed: seed, limits: limits)
    self.foreignAwaits = foreignAwaits
  }

  deinit {
    // Those outside are waited for, a little while.
    endTasksQuietly()
    if host.hasOutsiders { _ = host.awaitOrphans(milliseconds: limits.graceMilliseconds) }
  }

  // MARK: The loop

  /// Runs one task for one tick; when nothing is ready, after moving the clock to the next timer.
  ///
  /// - Returns: the task that ran, or why none could.
  @discardableResult
  public func step() -> StepResult {
    entering { advance(limit: .max) }
  }

  /// One step, unless the clock would have to pass `limit` for it.
  @inline(__always)
  func advance(limit: Tick) -> StepResult {
    if _slowPath(host.hasOutsiders) { fetchReturned() }
    while true {
      if _slowPath(state.mayChangeByTime) {
        switch beginTick(limit: limit) {
        case .chooses: break
        case .passes: continue
        case .stalls(let outcome): return .stalled(outcome)
        }
      }
      if let slot = state.takeNext() {
        dispatch(slot)
        return .dispatched(state.cpu.lastDispatched)
      }
      if state.policy.isUndecided { return .stalled(whyNothingRuns()) }
      guard let deadline = state.nextDeadline() else { return .stalled(whyNothingRuns()) }
      jumpClock(to: min(deadline, limit))
      if deadline > limit { return .stalled(.idle(until: deadline)) }
      if deadline == limit { return .stalled(.limitReached) }
    }
  }

  /// What becomes of a tick once what is due at it has happened.
  private enum Beginning {
    case chooses
    /// No task runs, since the CPU is being switched: it is a later tick now.
    case passes
    case stalls(RunOutcome)
  }

  /// Begins a tick: what is due at it happens before its choice.
  ///
  /// - Returns: whether a task may run; not when the operator's wait ends, since the operator goes on first.
  private func beginTick(limit: Tick) -> Beginning {
    let operatorWaited = isOperatorWaiting
    wakeExpired()
    if operatorWaited, !isOperatorWaiting { return .stalls(.conditionMet) }
    state.preempt()
    return state.hardware.switchTicks > 0 ? passSwitch(limit: limit) : .chooses
  }

  /// Lets the ticks pass in which the CPU is switched to the next task, up to the next timer.
  private func passSwitch(limit: Tick) -> Beginning {
    guard let (end, isNew) = state.nextSwitch() else { return .chooses }
    if isNew { emit(.clock, state[state.cpu.incoming].tid, .switching(until: end)) }
    let tick = min(end, state.nextDeadline() ?? .max, limit)
    state.cpu.noteSwitching(tick - state.now)
    state.now = tick
    return tick == limit ? .stalls(.limitReached) : .passes
  }

  /// Tells the policy of the tick, and wakes the tasks whose deadline has come, earliest first.
  func wakeExpired() {
    state.tellPolicyOfTick()
    while let slot = state.nextExpired() { wake(slot, .timedOut) }
  }

  func jumpClock(to tick: Tick) {
    guard tick > state.now else { return }
    let from = state.now
    state.idleTicks += tick - from
    state.now = tick
    emit(.clock, .operator, .clockJumped(from: from))
  }

  /// Resumes a task until its next trap, and handles that.
  @inline(__always)
  private func dispatch(_ slot: Slot) {
    isInStep = true
    let tid = state.beginDispatch(slot)
    emit(.dispatches, tid, .dispatched)
    // In place: nothing that runs meanwhile can reach the table, since every entrance checks `isBusy`.
    // And here, not in a function of its own: to pass a trap on is to copy forty bytes.
    switch state[slot].resume() {
    case .short(.yield): Yield()._enter(KernelContext(scheduler: self, slot: slot))
    case .short: Compute()._enter(KernelContext(scheduler: self, slot: slot))
    case .call(let call): call._enter(KernelContext(scheduler: self, slot: slot))
    case .returned: end(slot, .exited(0))
    case .threw(let error): end(slot, .failed(describe(error)))
    case .escaped: noteEscape(slot)
    }
    isInStep = false
    state.now &+= 1
  }

  // MARK: Entrances

  /// Set from the beginning of a dispatch to its end.
  @exclusivity(unchecked) private var isInStep = false

  /// The moment that what happens now takes effect: inside a step, the step's end.
  var moment: Tick { isInStep ? state.now &+ 1 : state.now }

  /// Runs one entrance from outside, and refuses those from inside a task.
  @inline(__always)
  func entering<Result, Failure: Error>(
    _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(
      !isBusy,
      "a scheduler was called from inside one of its own tasks: use a system call instead"
    )
    isBusy = true
    defer { isBusy = false }
    return try work()
  }

  private func describe(_ error: any Error) -> String {
    String(describing: error).cut(to: Limits.textBytes)
  }
}
