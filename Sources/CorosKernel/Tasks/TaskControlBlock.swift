/// What the kernel knows of one live task, as far as a step touches it.
///
/// What only some tasks need, or only now and then, is in `TaskDetails`, made when it is first needed: a
/// million ready tasks are a million of these, side by side, and no more. It cannot be copied by accident,
/// since that is never cheap.
///
/// No property has a default value, so a property that `copied` forgets does not compile.
struct TaskControlBlock: ~Copyable {
  // Identity: set when the task is created.
  let tid: TaskID
  let parent: TaskID
  /// The coroutine; `NoCoroutine` for the operator, and while the task's end is being forced.
  var coroutine: any Coroutine
  private(set) var details: Box<TaskDetails>?

  // Accounting, in ticks.
  let arrival: Tick
  private(set) var firstRun: Tick
  private(set) var dispatches: Int
  /// The ticks spent ready and not running; while the policy has the task, less the tick at which it came
  /// there, so that adding the tick at which it leaves is all there is to do.
  private var waited: Tick

  // Scheduling: changed by `KernelState` only.
  let name: NameTable.Number
  private(set) var phase: Phase
  /// Set by `StopTask`; a stopped task that is ready stands in no queue.
  private(set) var isStopped: Bool
  /// Set when the task is being ended; if its call is being handled, it ends after that.
  private(set) var isDoomed: Bool
  private var answer: Answer
  /// Where it stands in the ready queue, under round robin.
  var links: ReadyQueue.Links

  enum Phase: UInt8 {
    /// Ready, and in the policy's hands.
    case queued
    /// Ready, and not in the policy's hands: it has the CPU between two steps, or is stopped.
    case ready
    /// Being resumed, or having its trap handled.
    case running
    /// Standing in one wait queue, with the ticket that takes it out.
    case waiting
    /// Ended: the slot is free for another task.
    case gone
  }

  /// What the coroutine is resumed with next; most often there is nothing to keep.
  private enum Answer: UInt8 {
    case done
    case start
    case kept
  }

  private static let never: Tick = -1

  init(
    tid: TaskID,
    name: NameTable.Number,
    parent: TaskID,
    coroutine: any Coroutine,
    arrival: Tick
  ) {
    self.tid = tid
    self.name = name
    self.parent = parent
    self.coroutine = coroutine
    self.arrival = arrival
    details = nil
    firstRun = Self.never
    dispatches = 0
    waited = 0
    phase = .ready
    isStopped = false
    isDoomed = false
    answer = .start
    links = ReadyQueue.Links()
  }

  private init(copying other: borrowing TaskControlBlock, _ details: Box<TaskDetails>?) {
    tid = other.tid
    parent = other.parent
    coroutine = other.coroutine
    self.details = details
    arrival = other.arrival
    firstRun = other.firstRun
    dispatches = other.dispatches
    waited = other.waited
    name = other.name
    phase = other.phase
    isStopped = other.isStopped
    isDoomed = other.isDoomed
    answer = other.answer
    links = other.links
  }

  // MARK: States

  /// Whether it is an async function, whose place cannot be copied.
  var isAsync: Bool { type(of: coroutine) == AsyncCoroutine.self }

  /// Whether the policy has it in its hands: ready, not stopped, and without the CPU.
  var isQueued: Bool { phase == .queued }

  /// The ticket of the wait; nil when it does not wait.
  var wait: Wait? { phase == .waiting ? details?.value.wait : nil }

  /// The call with which it waits; the same as in the ticket, without a copy of the rest.
  var awaitedCall: (any SystemCall)? { phase == .waiting ? details?.value.wait.call : nil }

  /// Notes that it is being ended, and how.
  mutating func doom(as status: ExitStatus) {
    if isDoomed { return }
    isDoomed = true
    if status != .killed { withDetails { $0.doom = status } }
  }

  /// How it ends, once it is doomed.
  var doom: ExitStatus { details?.value.doom ?? .killed }

  mutating func beginRunning() {
    phase = .running
  }

  mutating func beginWaiting(_ wait: consuming Wait) {
    // Swapped, not assigned, for that might copy it.
    withDetails { swap(&$0.wait, &wait) }
    phase = .waiting
  }

  /// Makes it ready, outside the policy's hands.
  mutating func becomeReady() {
    phase = .ready
  }

  /// Notes that its wait will be over at another tick.
  mutating func changeDeadline(to deadline: Tick, timer: TimerQueue.Number) {
    withDetails {
      $0.wait.deadline = deadline
      $0.wait.timer = timer
    }
  }

  /// Whether it has a ticket: to copy it for that would cost as much as to end the wait.
  var isWaiting: Bool { phase == .waiting }

  mutating func endWaiting() -> Wait {
    var wait = Wait.nothing
    withDetails { swap(&$0.wait, &wait) }
    phase = .running
    return wait
  }

  /// Notes that the policy has it in its hands from `now` on.
  mutating func enterQueue(at now: Tick) {
    phase = .queued
    waited &-= now
  }

  /// Notes that the policy has let go of it; it is still ready.
  mutating func leaveQueue(at now: Tick) {
    phase = .ready
    waited &+= now
  }

  /// Notes that it has the CPU for a tick; the policy has let go of it, unless it kept the CPU.
  @inline(__always)
  mutating func beginDispatch(at now: Tick) {
    if phase == .queued { waited &+= now }
    phase = .running
    dispatches &+= 1
  }

  /// Stops it from `now` on, whatever else it waits for; the ticks before its arrival do not count.
  mutating func beginStop(at now: Tick) {
    isStopped = true
    let start = max(now, arrival)
    withScheduling { $0.stopped -= start }
  }

  /// Notes that it is no longer stopped.
  mutating func endStop(at now: Tick) {
    isStopped = false
    let end = max(now, arrival)
    withScheduling { $0.stopped += end }
  }

  /// Notes that the CPU is being switched to it from `now` on.
  mutating func beginSwitch(at now: Tick) {
    withScheduling {
      $0.switching -= now
      $0.isSwitching = true
    }
  }

  /// Notes that the CPU is switched to it, or to another task instead.
  mutating func endSwitch(at now: Tick) {
    withScheduling {
      $0.switching += now
      $0.isSwitching = false
    }
  }

  // MARK: Scheduling parameters

  /// Whether it has parameters other than the defaults.
  var hasParameters: Bool { details?.value.scheduling != nil }

  var parameters: SchedulingParameters {
    get { details?.value.scheduling?.value.parameters ?? SchedulingParameters() }
    set {
      if newValue == parameters { return }
      withScheduling { $0.parameters = newValue }
    }
  }

  /// Notes that it was created before it arrives.
  mutating func setCreation(_ tick: Tick) {
    withScheduling { $0.creation = tick }
  }

  // MARK: Answers

  /// Notes that the coroutine's call is done, and has no reply.
  mutating func setDone() {
    answer = .done
  }

  mutating func setResumption(_ resumption: consuming Resumption) {
    switch resumption {
    case .start: answer = .start
    case .done: answer = .done
    case .reply, .failure:
      answer = .kept
      withDetails { $0.resumption = resumption }
    }
  }

  /// Notes which call the answer is for, until the task runs again.
  mutating func keepGrant(of call: consuming PackedCall) {
    var grant = TaskDetails.Grant(call: call, dispatches: dispatches)
    withDetails { swap(&$0.grant, &grant) }
  }

  /// Takes the call whose answer the task has not got; nil when it has, or the call gives nothing that could be
  /// lost.
  mutating func takeGrant() -> (any SystemCall)? {
    guard let details else { return nil }
    let grant = exchange(&details.value.grant, with: .nothing)
    return grant.dispatches == dispatches ? grant.call.call : nil
  }

  /// Resumes the coroutine with its answer; it is then running, with nothing left to be told.
  @inline(__always)
  mutating func resume(at now: Tick) -> Trap {
    if answer == .done { return coroutine._resume() }
    if answer == .start { firstRun = now }
    let resumption = takeResumption()
    return coroutine.resume(with: resumption)
  }

  /// The answer, to be given once.
  mutating func takeResumption() -> Resumption {
    defer { answer = .done }
    return switch answer {
    case .start: .start
    case .done: .done
    case .kept: details?.value.takeResumption() ?? .done
    }
  }

  /// What it is resumed with next.
  var pendingAnswer: Resumption? {
    switch answer {
    case .start: .start
    case .done: .done
    case .kept: details?.value.resumption
    }
  }

  /// The call that it would wait with, while that is put off.
  var postponed: (any SystemCall)? {
    get { details?.value.postponed }
    set { withDetails { $0.postponed = newValue } }
  }

  /// Whether it is resumed with a reply or an error.
  var hasKeptAnswer: Bool { answer == .kept }

  /// The details, if it has any, to be looked at.
  var knownDetails: TaskDetails? { details?.value }

  /// Whether it has never run.
  var isNew: Bool { answer == .start }

  /// The error that its call fails with, if that is the answer.
  var keptFailure: (any Error)? {
    guard answer == .kept, case .failure(let error)? = details?.value.resumption else { return nil }
    return error
  }

  // MARK: Relations

  var waiters: SlotQueue {
    get { details?.value.waiters ?? SlotQueue() }
    set { withDetails { $0.waiters = newValue } }
  }

  var scopes: CancelScopes {
    get { details?.value.scopes ?? CancelScopes() }
    set { withDetails { $0.scopes = newValue } }
  }

  var liveChildren: Int {
    get { details?.value.liveChildren ?? 0 }
    set { withDetails { $0.liveChildren = newValue } }
  }

  var endedChildren: EndedChildren {
    get { details?.value.endedChildren ?? EndedChildren() }
    set { withDetails { $0.endedChildren = newValue } }
  }

  /// Releases all that the task owned, once it has ended.
  mutating func clear() {
    coroutine = NoCoroutine()
    details = nil
    phase = .gone
  }

  mutating func takeCoroutine() -> any Coroutine {
    exchange(&coroutine, with: NoCoroutine())
  }

  @inline(__always)
  func accounting(end: Tick? = nil) -> Accounting {
    let record = details?.value.scheduling?.value
    // A stop ends with the task.
    let lastStop = isStopped ? end.map { max($0, arrival) } ?? 0 : 0
    return Accounting(
      creation: record?.creation ?? arrival,
      arrival: arrival,
      firstRun: firstRun == Self.never ? nil : firstRun,
      end: end,
      dispatches: dispatches,
      waited: waited,
      isWaitingForCPU: isQueued,
      stoppedTicks: (record?.stopped ?? 0) + lastStop,
      isStopped: isStopped && end == nil,
      switchingTicks: record?.switching ?? 0,
      isSwitching: record?.isSwitching ?? false
    )
  }

  /// The same task with details of its own, for a copy of the whole machine.
  func copied() -> TaskControlBlock {
    TaskControlBlock(copying: self, details.map { Box($0.value.copied()) })
  }

  /// Becomes the same as another block, with details of its own, for which it uses the memory that it has.
  mutating func become(_ other: borrowing TaskControlBlock) {
    guard let others = other.details else {
      self = TaskControlBlock(copying: other, nil)
      return
    }
    let own = details.take() ?? Box(TaskDetails())
    Unmanaged.passUnretained(others)._withUnsafeGuaranteedRef { own.value.become($0) }
    self = TaskControlBlock(copying: other, own)
  }

  private mutating func withScheduling(_ change: (inout SchedulingRecord) -> Void) {
    withDetails { details in
      let record = details.scheduling ?? Box(SchedulingRecord())
      details.scheduling = record
      change(&record.value)
    }
  }

  /// Changes the details, made if need be, without counting a reference to them: the block has the only one,
  /// which `change` cannot reach, and to count twice costs as much as half a step.
  @inline(__always)
  private mutating func withDetails(_ change: (inout TaskDetails) -> Void) {
    assert(
      details == nil || isKnownUniquelyReferenced(&details),
      "the details of a task are held elsewhere"
    )
    guard let details else {
      let details = Box(TaskDetails())
      self.details = details
      return change(&details.value)
    }
    Unmanaged.passUnretained(details)._withUnsafeGuaranteedRef { change(&$0.value) }
  }
}
