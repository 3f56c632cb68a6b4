public import CorosKernel

// Runs beside the present one, to be compared.

extension TimeMachine {
  /// A branch, replayed step by step.
  ///
  /// - Parameter number: its number, from 1.
  /// - Returns: the run, which throws `Divergence` where it does not go as recorded; nil when there is no
  ///   such branch.
  public func steppedRun(branch number: Int) -> SteppedRun? {
    guard branches.indices.contains(number - 1) else { return nil }
    var replay = Replay(history(of: number - 1), on: make())
    return SteppedRun(replay.scheduler) { (_) throws(Divergence) in
      guard replay.moment < replay.history.count else {
        // What was done at the end belongs to the run, too.
        try replay.redoActions()
        return false
      }
      // Where a run stopped in idle time there are two jumps, and no step between them.
      repeat {
        try replay.run(to: replay.moment + 1)
        if case .dispatched = replay.result { return true }
        try replay.redoActions()
      } while replay.moment < replay.history.count
      return false
    }
  }

  /// The present branch with another seed, until nothing can run.
  ///
  /// The operator's acts come at the same ticks.
  ///
  /// - Parameter seed: the seed.
  /// - Returns: the run.
  public func steppedRun(seed: UInt64) -> SteppedRun {
    let scheduler = make()
    scheduler.reseed(seed)
    return steppedRun(TimedRun(ActSequence(history, keepsChoosing: true), on: scheduler))
  }

  /// The present branch under another policy, until nothing can run.
  ///
  /// The operator's acts come at the same ticks; changes of policy and picks are left out.
  ///
  /// - Parameter policy: the policy.
  /// - Returns: the run.
  public func steppedRun(policy: any SchedulingPolicy) -> SteppedRun {
    steppedRun(timedRun(ActSequence(history), policy))
  }

  /// Runs what led to the present under another policy, until nothing can run.
  ///
  /// The operator's acts come at the same ticks; changes of policy, picks and waiting are left out.
  ///
  /// - Parameters:
  ///   - policy: the policy.
  ///   - keptStatuses: the least number of ended tasks that are remembered.
  ///   - ticks: the most ticks of virtual time to run.
  ///   - condition: asked after each step; true stops the run.
  /// - Returns: the scheduler at the end, why it ended, and the acts that were refused.
  package func trial(
    under policy: any SchedulingPolicy,
    keptStatuses: Int,
    ticks: Tick,
    until condition: () -> Bool
  ) -> (scheduler: Scheduler, outcome: RunOutcome, refused: [RefusedAct]) {
    var run = timedRun(ActSequence(history, through: moment), policy)
    run.scheduler.keepStatuses(atLeast: keptStatuses)
    while run.scheduler.now < ticks {
      if case .stalled(let outcome) = run.step(limit: ticks) {
        return (run.scheduler, outcome, run.refused)
      }
      if condition() { return (run.scheduler, .conditionMet, run.refused) }
    }
    return (run.scheduler, .limitReached, run.refused)
  }

  private func timedRun(_ acts: ActSequence, _ policy: any SchedulingPolicy) -> TimedRun {
    let scheduler = make()
    scheduler.reseed(initialSeed)
    scheduler.use(policy)
    return TimedRun(acts, on: scheduler)
  }

  /// The present branch with the steps of a schedule, up to the first that cannot be made.
  ///
  /// - Parameter schedule: the choices.
  /// - Returns: the run.
  public func steppedRun(schedule: Schedule) -> SteppedRun {
    let scheduler = make()
    scheduler.reseed(schedule.seed)
    scheduler.use(OperatorsChoice())
    var acts = ActSequence(history)
    var choices = schedule.choices.makeIterator()
    var step = 0
    return SteppedRun(scheduler) { (refused) throws(Divergence) in
      refused += Self.redo(&acts, before: step, on: scheduler)
      guard let task = choices.next(), case .dispatched = scheduler.move(picking: task) else {
        return false
      }
      step += 1
      return true
    }
  }

  private func steppedRun(_ run: TimedRun) -> SteppedRun {
    var run = run
    return SteppedRun(run.scheduler) { (refused) throws(Divergence) in
      let result = run.step()
      refused = run.refused
      if case .dispatched = result { return true }
      return false
    }
  }

  /// Redoes the acts that come before a step, and returns those that were refused.
  private static func redo(
    _ acts: inout ActSequence,
    before step: Int,
    on scheduler: Scheduler
  ) -> [RefusedAct] {
    var refused: [RefusedAct] = []
    while let act = acts.take(before: step) {
      _ = act.passIdleTime(on: scheduler)
      do throws(RefusedAct) {
        _ = try act.action.redoAnew(on: scheduler)
      } catch {
        refused.append(error)
      }
    }
    return refused
  }
}
