public import CorosKernel

// Runs beside the present one, to be compared.

extension TimeMachine {
  /// A branch as it was recorded.
  ///
  /// - Parameter number: its number, from 1.
  /// - Returns: nil when there is none such.
  public func rerun(branch number: Int) -> Rerun? {
    guard branches.indices.contains(number - 1) else { return nil }
    var playback = Playback(history(of: number - 1), on: make())
    return Rerun(playback.scheduler) {
      guard playback.moment < playback.history.count else {
        // What was done at the end belongs to the run, too.
        _ = try? playback.doActions()
        return false
      }
      return (try? playback.run(to: playback.moment + 1)) != nil
    }
  }

  /// The present branch with another seed, run until nothing can run.
  ///
  /// The operator's orders are given before the same steps.
  ///
  /// - Parameter seed: the seed.
  /// - Returns: the run.
  public func rerun(seed: UInt64) -> Rerun {
    let scheduler = make()
    scheduler.reseed(seed)
    return rerun(on: scheduler, keepsChoosing: true)
  }

  /// The present branch under another policy, run until nothing can run.
  ///
  /// The operator's orders are given before the same steps, save those that have to do with the choosing.
  ///
  /// - Parameter policy: the policy.
  /// - Returns: the run.
  public func rerun(policy: any SchedulingPolicy) -> Rerun {
    let scheduler = make()
    scheduler.reseed(initialSeed)
    scheduler.use(policy)
    return rerun(on: scheduler, keepsChoosing: false)
  }

  /// The present branch with the steps of a schedule, up to the first that cannot be made.
  ///
  /// - Parameter schedule: the choices.
  /// - Returns: the run.
  public func rerun(_ schedule: Schedule) -> Rerun {
    let scheduler = make()
    scheduler.reseed(schedule.seed)
    scheduler.use(OperatorsChoice())
    var runner = OrderRunner(Orders(history))
    var choices = schedule.choices.makeIterator()
    var step = 0
    return Rerun(scheduler) {
      for action in runner.take(before: step) { try? action.redo(scheduler) }
      guard let task = choices.next(), case .dispatched = scheduler.move(picking: task) else {
        return false
      }
      step += 1
      return true
    }
  }

  private func rerun(on scheduler: Scheduler, keepsChoosing: Bool) -> Rerun {
    var runner = OrderRunner(Orders(history, keepsChoosing: keepsChoosing))
    var step = 0
    return Rerun(scheduler) {
      while true {
        for action in runner.take(before: step) { try? action.redo(scheduler) }
        if case .dispatched = scheduler.move() {
          step += 1
          return true
        }
        // Nobody runs before the next order.
        guard let later = runner.nextStep else { return false }
        step = later
      }
    }
  }
}
