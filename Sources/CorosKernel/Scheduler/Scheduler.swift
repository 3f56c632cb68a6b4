/// A deterministic, single-threaded kernel that shares one thread among coroutine tasks.
///
/// A scheduler picks a ready task, resumes it until it traps with a system call, handles the call, and picks
/// again; one such dispatch is a step, and a tick of its virtual clock. It prints nothing and reads no real
/// clock: it tells observers what happens, and the same program, policy and seed always give the same events.
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
/// scheduler by system calls and by nothing else; calling a scheduler's own methods from inside a task stops
/// the program. When a scheduler goes away, its tasks are ended and their `defer`s run.
///
/// How the parts fit: `advance` below is the whole machine, one tick of it; `SystemCall._enter` and
/// `KernelContext+Decisions.swift` are what happens to a system call; `KernelState` keeps the books of tasks
/// and queues.
///
/// What does *not* belong here:
///
/// - Anything that a task can ask for: that is a `SystemCall`, in a file of its own. A call needs no line in
///   this class; if it needs one, `KernelContext` lacks a question or an order.
/// - Anything about order among ready tasks: that is a `SchedulingPolicy`.
/// - Anything that only watches: that is an `Observer`. Nothing here may depend on whether or how events are
///   observed.
/// - Time travel, breakpoints, exploration: they drive a scheduler from outside.
/// - A second way to suspend a task, to end a wait (`KernelState.release`) or to move one from queue to
///   queue: each exists once, and the invariant walker relies on that.
public final class Scheduler {
  /// What happens to tasks that await something outside the kernel.
  public let foreignAwaits: ForeignAwaits
  /// The most that the scheduler holds.
  public var limits: Limits { state.limits }

  // Not exclusivity-checked: these are touched on every step, and nothing that runs inside a step can
  // reach them, since every entrance checks `isBusy`.
  @exclusivity(unchecked) var state: KernelState
  @exclusivity(unchecked) var observers: [any Observer] = []
  /// The observers as they are told.
  @exclusivity(unchecked) var audience: Audience?
  /// Those of them that want to be told of dispatches.
  @exclusivity(unchecked) var dispatchAudience: Audience?
  /// What all of them together want to be told.
  @exclusivity(unchecked) var interests: Event.Kinds = []
  @exclusivity(unchecked) var eventCount = 0
  /// Set while a task runs or its call is handled.
  @exclusivity(unchecked) private(set) var isBusy = false
  /// Set by a call that gives up the rest of the caller's slice.
  @exclusivity(unchecked) var isSliceOver = false
  /// Set while the call of a woken task is handled, and those of the tasks that it wakes in turn.
  @exclusivity(unchecked) var isWaking = false
  /// Tasks that woke meanwhile, whose calls are still to be handled.
  @exclusivity(unchecked) var wokenMeanwhile: [(Slot, any SystemCall, Wakeup, isCancelled: Bool)] =
    []
  /// Set while the end of a task is seen to.
  @exclusivity(unchecked) var isEnding = false
  /// The tasks that end with it, who kills them, and how they end.
  @exclusivity(unchecked) var pendingKills: [(task: TaskID, killer: TaskID, status: ExitStatus)] =
    []
  /// Tasks that await something outside, in the order in which they left; some may be gone.
  @exclusivity(unchecked) var parked: [TaskID] = []
  /// How often a call has asked for the tick: what a task knows of it tells states apart.
  @exclusivity(unchecked) package internal(set) var clockReadings = 0
  /// Whether a call that would wait is put off, so that the step counts for nothing: see `Attempt`.
  @exclusivity(unchecked) package var postponesAttempts = false
  /// The objects for which calls wait all the same.
  @exclusivity(unchecked) package var objectsWithQueues: Set<ObjectID> = []
  /// What the last call would have waited for that an observer was told of; nil when it was refused.
  @exclusivity(unchecked) package var lastAttempt: Attempt?
  /// Whether any call has been put off.
  @exclusivity(unchecked) var hasPostponed = false
  /// See `tasksHaveWoken`.
  @exclusivity(unchecked) var wakeHook: (() -> Void)?
  /// The world outside; nil, as by default, for none.
  ///
  /// ``serve(ticks:until:)`` waits for it.
  @exclusivity(unchecked) public var wakeSource: (any WakeSource)?
  /// Set while a run takes turns with the world.
  @exclusivity(unchecked) var isServing = false
  /// The tick at which the world was asked last, while it is served.
  @exclusivity(unchecked) var askedAt: Tick = 0
  /// Whether the last moves stopped so that the world is asked before the clock leaps.
  @exclusivity(unchecked) var asksBeforeLeap = false
  /// How the first call differed, in a replay, that asked the world for something else than was recorded.
  @exclusivity(unchecked) package var disagreement: (expected: String, found: String)?
  let host = CoroutineHost()

  /// Makes a scheduler with no tasks, at tick 0.
  ///
  /// - Parameters:
  ///   - policy: which ready task runs next. Default: round robin with a quantum of 1.
  ///   - seed: the seed of the random numbers of tasks and of policies.
  ///   - limits: the most that it holds.
  ///   - foreignAwaits: what happens to a task that awaits something outside the kernel.
  public init(
    policy: any SchedulingPolicy = RoundRobin(),
    seed: UInt64 = 0,
    limits: Limits = Limits(),
    foreignAwaits: ForeignAwaits = .refuse
  ) {
    state = KernelState(policy: policy, seed: seed, limits: limits)
    self.foreignAwaits = foreignAwaits
    host.tickReader = { [unowned(unsafe) self] in readTick() }
  }

  deinit {
    // Tasks outside the kernel get a little time to come back.
    endTasksQuietly()
    host.tickReader = nil
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

  /// One tick: its beginning, the choice of a task, and the step; or a jump of the clock, at most to `limit`.
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
      if isServing, mustAskWorld() { return .stalled(.waiting([])) }
      guard let deadline = state.nextDeadline(), !isOver else {
        return .stalled(stall(limit: limit))
      }
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
    let hasWoken = wakeExpired()
    if operatorWaited, !isOperatorWaiting {
      wakeHook?()
      return .stalls(.conditionMet)
    }
    state.preempt()
    if hasWoken { wakeHook?() }
    return state.hardware.switchTicks > 0 ? passSwitch(limit: limit) : .chooses
  }

  /// Lets the ticks pass in which the CPU is switched to the next task, up to the next moment at which anything
  /// else may happen.
  private func passSwitch(limit: Tick) -> Beginning {
    guard let (end, isNew) = state.nextSwitch() else { return .chooses }
    if isNew { emit(.clock, state[state.cpu.incoming].tid, .switching(until: end)) }
    let event = state.nextEventInSwitch(at: state.now, timer: state.nextDeadline())
    let tick = min(end, event, limit)
    state.cpu.noteSwitching(tick - state.now)
    state.now = tick
    return tick == limit ? .stalls(.limitReached) : .passes
  }

  /// Tells the policy of the tick, and wakes the tasks whose deadline has come, earliest first.
  ///
  /// - Returns: whether there was any.
  @discardableResult
  func wakeExpired() -> Bool {
    state.tellPolicyOfTick()
    var hasWoken = false
    while let (slot, timer) = state.nextExpired() {
      hasWoken = true
      if state.tasks.wait(in: slot)?.timer == timer {
        wake(slot, .timedOut, by: .timeout)
      } else if let action = state.takeAlarm(timer) {
        action(KernelContext(scheduler: self, slot: .operator))
      } else {
        expireScope(of: slot, timer)
      }
    }
    return hasWoken
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
    // The block stays where it is while the task runs: only a call can create tasks, and every entrance from
    // elsewhere checks `isBusy`.
    let task = state.tasks.address(of: slot)
    let tid = state.beginDispatch(task)
    emitDispatch(of: tid)
    // Here, not in a function of its own: passing a trap on copies forty bytes.
    switch task.pointee.resume(at: state.now) {
    case .short(let call): handle(call, from: slot, task)
    case .call(let call): inStep { call._enter(KernelContext(scheduler: self, slot: slot)) }
    case .returned: inStep { end(slot, .exited(0)) }
    case .threw(let error): inStep { end(slot, with: error) }
    case .escaped: inStep { noteEscape(slot) }
    }
    state.now &+= 1
  }

  /// Handles a call that has a short form; it needs the path of the other calls only if an observer wants to be
  /// told of calls, or a task is cancelled.
  @inline(__always)
  private func handle(
    _ call: ShortCall,
    from slot: Slot,
    _ task: UnsafeMutablePointer<TaskControlBlock>
  ) {
    if _slowPath(!interests.isDisjoint(with: .ofCalls)) { return enter(call, from: slot) }
    state.goOn(slot, task, after: call)
  }

  @inline(never)
  private func enter(_ call: ShortCall, from slot: Slot) {
    let context = KernelContext(scheduler: self, slot: slot)
    inStep { if call == .yield { Yield()._enter(context) } else { Compute()._enter(context) } }
  }

  /// Handles once more a call that was put off, as a step.
  func dispatchAgain(_ call: any SystemCall, of slot: Slot) {
    emitDispatch(of: state.beginDispatch(state.tasks.address(of: slot)))
    inStep { call._enter(KernelContext(scheduler: self, slot: slot)) }
    state.now &+= 1
  }

  /// Runs what takes effect at the end of the step: see `moment`.
  @inline(__always)
  private func inStep(_ work: () -> Void) {
    isInStep = true
    work()
    isInStep = false
  }

  // MARK: Entrances

  /// Set while the trap of a dispatch is handled.
  @exclusivity(unchecked) private var isInStep = false

  /// The tick at which what happens now takes effect: inside a step, the end of the step.
  var moment: Tick { isInStep ? state.now &+ 1 : state.now }

  /// Runs a call from outside, and refuses one from inside a task.
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

  /// Ends a task that has thrown an error.
  private func end(_ slot: Slot, with error: any Error) {
    let status = status(of: error)
    if case .failed = status, let line = state[slot].coroutine.line {
      emit(.details, state[slot].tid, .detail(.failed(line: line)))
    }
    end(slot, status)
  }

  /// The status of a task that did not catch an error.
  private func status(of error: any Error) -> ExitStatus {
    if let error = error as? Cancelled { return .cancelled(by: error.by, reason: error.reason) }
    return .failed(String(describing: error).cut(to: Limits.textBytes))
  }
}
