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
  /// The operator's acts come before the same steps.
  ///
  /// - Parameter seed: the seed.
  /// - Returns: the run.
  public func steppedRun(seed: UInt64) -> SteppedRun {
    let scheduler = make()
    scheduler.reseed(seed)
    return steppedRun(on: scheduler, ActSequence(history, keepsChoosing: true))
  }

  /// The present branch under another policy, until nothing can run.
  ///
  /// The operator's acts come before the same steps; changes of policy and picks are left out.
  ///
  /// - Parameter policy: the policy.
  /// - Returns: the run.
  public func steppedRun(policy: any SchedulingPolicy) -> SteppedRun {
    let scheduler = make()
    scheduler.reseed(initialSeed)
    scheduler.use(policy)
    return steppedRun(on: scheduler, ActSequence(history))
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

  private func steppedRun(on scheduler: Scheduler, _ acts: ActSequence) -> SteppedRun {
    var acts = acts
    var step = 0
    return SteppedRun(scheduler) { (refused) throws(Divergence) in
      while true {
        refused += Self.redo(&acts, before: step, on: scheduler)
        if case .dispatched = scheduler.move() {
          step += 1
          return true
        }
        // Nothing runs before the next act.
        guard let later = acts.nextStep else { return false }
        step = later
      }
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
