public import CorosKernel

// The choices of a run, and the same run with other choices.

/// How a reschedule ended.
public enum RescheduleOutcome: Hashable, Sendable {
  /// All choices were followed.
  case followed
  /// The condition held.
  case interrupted
  /// A task was to run that could not.
  case stopped(UnplayableStep)
  /// Something that the operator did could not be done before this step.
  case refused(RefusedAct)

  /// Whether the same schedule ends in the same way again.
  fileprivate var isFailure: Bool {
    switch self {
    case .followed, .interrupted: false
    case .stopped, .refused: true
    }
  }
}

/// The step of a schedule that could not be made.
public struct UnplayableStep: Hashable, Sendable {
  /// Its number among the choices, from 0.
  public let step: Int
  /// The tick at which the run stands.
  public let tick: Tick
  /// The task that was to run.
  public let task: TaskID
  /// What that task does instead; nil when there is no such task, or none yet.
  public let state: TaskState?
  /// The tasks that could run, in the order in which they became ready.
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

  /// What led to the present moment, in lines: what the operator did, and the choices.
  ///
  /// Nothing else that was tried is in them: neither other branches, nor the recorded future.
  package var past: [String] {
    history.actions.prefix { $0.moment <= moment }.map { "@\($0.moment) \($0.label)" }
      + ["\(schedule)", "tick \(scheduler.now)"]
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
  /// What the operator did on the present branch is redone, each act before the same choice as there; changes
  /// of policy, picks and waiting are left out. A policy that is given is in force from the first step on: a choice
  /// that is its own is a step like any other, and with a different one the task runs out of turn, as after
  /// `pick(_:)`. So after the beginning of a run under that policy the run goes on as it did, in the middle of a slice
  /// as well. The run stops before the first choice or act that cannot be made; the policy is then
  /// `OperatorsChoice`.
  ///
  /// - Parameters:
  ///   - schedule: the choices.
  ///   - policy: the policy, which decides after the last choice. Default: `OperatorsChoice`.
  ///   - condition: asked after each step, with the scheduler; true stops the run.
  /// - Returns: how it ended.
  public func reschedule(
    _ schedule: Schedule,
    then policy: (any SchedulingPolicy)? = nil,
    until condition: (Scheduler) -> Bool = { _ in false }
  ) -> RescheduleOutcome {
    noteAdvance()
    var acts = ActSequence(history)
    // All of it is one entry of the journal.
    let journalCount = journal.count
    beginBranchAnew(seed: schedule.seed, policy ?? OperatorsChoice())
    var step = 0
    let outcome = follow(schedule, &acts, &step, until: condition)
    if policy != nil, outcome.isFailure { use(OperatorsChoice()) }
    journal.removeSubrange(journalCount...)
    note(.reschedule(outcome == .followed ? schedule : schedule.prefix(step)))
    if policy != nil, outcome == .interrupted { use(OperatorsChoice()) }
    return outcome
  }

  /// Makes the steps of a schedule; `step` is how many of its choices were tried.
  private func follow(
    _ schedule: Schedule,
    _ acts: inout ActSequence,
    _ step: inout Int,
    until condition: (Scheduler) -> Bool
  ) -> RescheduleOutcome {
    var outcome = RescheduleOutcome.followed
    do throws(RefusedAct) {
      for task in schedule.choices {
        while let act = acts.take(before: step) { try redo(act) }
        step += 1
        if let unplayable = run(task, step - 1) { return .stopped(unplayable) }
        if condition(scheduler) {
          outcome = .interrupted
          break
        }
      }
      // What was done after the last step belongs to it, also where somebody interrupted.
      while let act = acts.take(before: step) { try redo(act) }
      return outcome
    } catch {
      return .refused(error)
    }
  }

  private func beginBranchAnew(seed: UInt64, _ policy: any SchedulingPolicy) {
    shelve()
    branches.append(BranchRecord(parent: current, fork: 0))
    current = branches.count - 1
    startOver()
    reseed(seed)
    use(policy)
  }

  private func redo(_ act: ActSequence.Entry) throws(RefusedAct) {
    if let limit = act.passIdleTime(on: scheduler) { keepJump(limit: limit) }
    let action = act.action
    let failure = try action.redoAnew(on: scheduler)
    keep(action.label, action.kind, note: action.note, failure: failure, action.redo)
  }

  /// Runs a task for a tick; if it cannot run, says why.
  private func run(_ task: TaskID, _ step: Int) -> UnplayableStep? {
    repeat {
      if scheduler.nextChoice.task == task {
        _ = extend(limit: .max, .everyMove)
        return nil
      }
      let before = scheduler.now
      if case .dispatched = scheduler.move(picking: task) {
        keepPickedStep(of: task)
        return nil
      }
      if scheduler.now != before { keepJump(limit: .max) }
    } while admitFromNetwork()
    return UnplayableStep(
      step: step,
      tick: scheduler.now,
      task: task,
      state: scheduler.info(task)?.state,
      ready: scheduler.readyQueue
    )
  }

  /// Lets in what has come over a network in memory, if nothing else can happen.
  ///
  /// - Returns: whether anything has come.
  private func admitFromNetwork() -> Bool {
    guard scheduler.readyQueue.isEmpty, let source = scheduler.wakeSource, source.beginsAnew,
      source.isActive, case let arrivals = source.collect(waits: false, until: nil),
      !arrivals.isEmpty
    else { return false }
    admit(arrivals)
    return true
  }
}
