/// Which task has the CPU, since when, and for how long.
struct CPU {
  /// The task whose turn it is; `none` between two turns.
  private(set) var holder = Slot.none
  /// The ticks left of its slice.
  private(set) var ticksLeft: Tick = 0
  /// When the turn began.
  private var turnStart: Tick = 0
  /// Whether the turn is the operator's choice: the policy is told nothing of it.
  private(set) var isOutOfTurn = false

  /// The task that ran last; the operator before the first step.
  private(set) var lastDispatched = TaskID.operator
  /// How often the CPU passed from one task to another.
  private(set) var switches = 0
  /// How often it was taken from a task that could have gone on.
  private(set) var preemptions = 0
  /// When it was last taken so.
  private var takenAt: Tick = -1
  /// When another task was last put first; the other times a slice was over.
  private var preemptedAt: Tick = -1
  /// When a slice last ended because the policy was changed.
  private var handedOverAt: Tick = -1

  /// The task that the CPU is being switched to; `none` when it is not.
  private(set) var incoming = Slot.none
  /// When that will be done.
  private(set) var switchEnd: Tick = 0
  /// How the turn of the task that ran last ended, while the CPU is switched to another.
  private var endBeforeSwitch: TurnEnd?
  /// Whether the CPU was taken from it.
  private var wasTakenBeforeSwitch = false
  /// The ticks that switches have taken.
  private(set) var switchingTicks: Tick = 0

  /// Whether no turn is in progress.
  var isFree: Bool { holder == .none }

  /// How many ticks a task's present turn has lasted; 0 when it has none.
  func turn(of slot: Slot, at now: Tick) -> Tick {
    holder == slot ? max(0, now - turnStart) : 0
  }

  /// How many ticks the turn that the policy has chosen has lasted; 0 when there is none.
  func turn(at now: Tick) -> Tick {
    isFree || isOutOfTurn ? 0 : max(0, now - turnStart)
  }

  /// Begins a turn that the policy has chosen.
  @inline(__always)
  mutating func beginTurn(of slot: Slot, slice: Tick, at now: Tick) {
    holder = slot
    ticksLeft = slice
    turnStart = now
  }

  /// Begins a turn that the operator has chosen, most often of one tick.
  mutating func beginTurnOutOfTurn(of slot: Slot, slice: Tick, at now: Tick) {
    beginTurn(of: slot, slice: slice, at: now)
    isOutOfTurn = true
  }

  /// Uses up one tick of the slice, which has more.
  @inline(__always)
  mutating func useTick() { ticksLeft -= 1 }

  /// Ends the turn in progress.
  ///
  /// - Returns: whether the policy chose it.
  @inline(__always)
  mutating func endTurn() -> Bool {
    holder = .none
    guard isOutOfTurn else { return true }
    isOutOfTurn = false
    return false
  }

  /// Begins to switch the CPU to a task.
  mutating func beginSwitch(to slot: Slot, at now: Tick, lasting ticks: Tick) {
    if endBeforeSwitch == nil {
      endBeforeSwitch = turnEnd(at: now)
      wasTakenBeforeSwitch = takenAt == now
    }
    incoming = slot
    switchEnd = now + ticks
  }

  /// Has the turn in progress count from a later tick on.
  mutating func delayTurn(until tick: Tick) { turnStart = tick }

  /// Notes that some ticks of a switch have passed.
  mutating func noteSwitching(_ ticks: Tick) { switchingTicks += ticks }

  /// Ends the switch in progress.
  mutating func endSwitch() { incoming = .none }

  /// Notes that the next task can run at once: no switch is needed, or it is over.
  mutating func noteSwitched(at now: Tick) {
    if endBeforeSwitch != nil, wasTakenBeforeSwitch { takenAt = now }
    endBeforeSwitch = nil
  }

  /// Notes that a slice is over although its task could go on.
  @inline(__always)
  mutating func noteExpired(at now: Tick) { takenAt = now }

  /// Notes that the CPU is taken from a task because another one is put first.
  mutating func notePreempted(at now: Tick) {
    (takenAt, preemptedAt) = (now, now)
  }

  /// Notes that the slice in progress ends because the policy is changed.
  mutating func noteHandedOver(at now: Tick) { handedOverAt = now }

  /// How the turn of the task that ran last has ended, if that task is ready.
  func turnEnd(at now: Tick) -> TurnEnd {
    if let endBeforeSwitch { return endBeforeSwitch }
    if takenAt == now { return preemptedAt == now ? .preempted : .expired }
    return handedOverAt == now ? .expired : .yielded
  }

  /// Notes that a task runs for a tick.
  @inline(__always)
  mutating func noteDispatch(of tid: TaskID, at now: Tick) {
    guard lastDispatched != tid else { return }
    if lastDispatched != .operator { switches &+= 1 }
    if takenAt == now { preemptions &+= 1 }
    lastDispatched = tid
  }
}
