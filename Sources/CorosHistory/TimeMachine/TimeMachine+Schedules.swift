public import CorosKernel

// The choices of a run, and a run by given choices.

/// What came of a replay.
public enum Replay: Hashable, Sendable {
  /// All choices were followed.
  case followed
  /// The condition held.
  case interrupted
  /// A task was to run that could not.
  case stopped(Misstep)
}

/// The step of a schedule that could not be made.
public struct Misstep: Hashable, Sendable {
  /// Its number among the choices, from 0.
  public let step: Int
  /// The tick at which the run stands.
  public let tick: Tick
  /// The task that was to run.
  public let task: TaskID
  /// What that task does instead; nil when there is no such task, or none yet.
  public let state: TaskState?
  /// Those that could run, as they became ready.
  public let ready: [TaskID]

  /// Describes such a step.
  public init(step: Int, tick: Tick, task: TaskID, state: TaskState?, ready: [TaskID]) {
    self.step = step
    self.tick = tick
    self.task = task
    self.state = state
    self.ready = ready
  }
}

extension TimeMachine {
  /// The choices that led to the present.
  public var schedule: Schedule {
    var cursor = ChoiceLog.Cursor(history.choices)
    var choices: [TaskID] = []
    for _ in 0..<moment {
      let task = cursor.next()
      if task != .operator { choices.append(task) }
    }
    return Schedule(seed: initialSeed, policy: scheduler.policyDescription, choices: choices)
  }

  /// The seed of the first step.
  var initialSeed: UInt64 {
    var seed = firstSeed
    for action in history.actions.prefix(while: { $0.moment == 0 }) {
      if case .seeding(let number) = action.kind { seed = number }
    }
    return seed
  }

  /// Begins a branch at the first moment, in which tasks run as a schedule says.
  ///
  /// What the operator did on the present branch is done again, each thing before the same choice as there,
  /// save what has to do with the choosing; waiting is left out. The run stops before the first choice that
  /// cannot be followed; the policy is then `OperatorsChoice`.
  ///
  /// - Parameters:
  ///   - schedule: the choices.
  ///   - policy: the policy after the last choice; `OperatorsChoice` unless said otherwise.
  ///   - condition: asked after each step, with the scheduler; true stops the replay.
  /// - Returns: what came of it.
  public func replay(
    _ schedule: Schedule,
    then policy: (any SchedulingPolicy)? = nil,
    until condition: (Scheduler) -> Bool = { _ in false }
  ) -> Replay {
    noteAdvance()
    let orders = Orders(history)
    // All of it is one entry of the journal.
    let journalCount = journal.count
    beginReplay(schedule.seed)
    var runner = OrderRunner(orders)
    var step = 0
    var outcome = Replay.followed
    for task in schedule.choices {
      redo(runner.take(before: step))
      if let misstep = run(task, step) {
        outcome = .stopped(misstep)
        step += 1
        break
      }
      step += 1
      if condition(scheduler) {
        outcome = .interrupted
        break
      }
    }
    if outcome == .followed { redo(runner.take(before: step)) }
    journal.removeSubrange(journalCount...)
    note(.replay(outcome == .followed ? schedule : schedule.prefix(step)))
    if outcome == .followed, let policy { use(policy) }
    return outcome
  }

  private func beginReplay(_ seed: UInt64) {
    shelve()
    branches.append(BranchRecord(parent: current, fork: 0))
    current = branches.count - 1
    startOver()
    act("seed \(seed)", kind: .seeding(seed)) { $0.reseed(seed) }
    use(OperatorsChoice())
  }

  private func redo(_ actions: ArraySlice<History.Action>) {
    for action in actions where (try? action.redo(scheduler)) != nil {
      keep(action.label, action.kind, note: action.note, action.redo)
    }
  }

  /// Has a task run; if it cannot, says why.
  private func run(_ task: TaskID, _ step: Int) -> Misstep? {
    let before = scheduler.now
    if case .dispatched = scheduler.move(picking: task) {
      keepPickedStep(of: task)
      return nil
    }
    if scheduler.now != before { keepJump(limit: .max) }
    return Misstep(
      step: step,
      tick: scheduler.now,
      task: task,
      state: scheduler.info(task)?.state,
      ready: scheduler.readyQueue
    )
  }
}

/// What the operator did that is done again when others choose the steps, and before which choice.
struct Orders {
  let actions: [History.Action]
  /// For each action, how many tasks had run before it.
  let steps: [Int]

  init(_ history: History, keepsChoosing: Bool = false) {
    actions = history.actions.filter { action in
      switch action.kind {
      case .order: true
      case .choosing: keepsChoosing
      case .seeding: action.moment > 0
      case .waiting: false
      }
    }
    let jumps = history.jumps
    var passed = 0
    steps = actions.map { action in
      while passed < jumps.count, jumps[passed].moment < action.moment { passed += 1 }
      return action.moment - passed
    }
  }
}

/// Hands out orders as their time comes.
struct OrderRunner {
  private let orders: Orders
  private var next = 0

  init(_ orders: Orders) { self.orders = orders }

  /// The step before which the next one comes; nil when all have been handed out.
  var nextStep: Int? { next < orders.steps.count ? orders.steps[next] : nil }

  /// Those that come before a step, and have not been handed out.
  mutating func take(before step: Int) -> ArraySlice<History.Action> {
    let first = next
    while next < orders.actions.count, orders.steps[next] <= step { next += 1 }
    return orders.actions[first..<next]
  }
}
