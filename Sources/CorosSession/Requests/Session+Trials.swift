package import CorosInsight
package import CorosKernel

/// What became of the session's tasks under a policy.
package struct PolicyTrial {
  /// The policy with all its settings.
  package let policy: String
  package let metrics: RunMetrics
  package let outcome: RunOutcome
  /// How many tasks were alive at the end.
  package let liveCount: Int

  package var isFinished: Bool { liveCount == 0 }
}

extension Session {
  /// Runs the tasks that the operator has made under a policy, on a machine of their own.
  ///
  /// Each arrives at the tick at which it did here, with the parameters that it has now. What else the operator
  /// did is not done again.
  ///
  /// - Parameters:
  ///   - policy: The policy.
  ///   - ticks: The most ticks of virtual time to run.
  /// - Returns: What became of them; its outcome is `.conditionMet` where the person interrupted it.
  /// - Throws: Why a task was refused.
  package func trial(
    under policy: PolicyChoice,
    ticks: Tick
  ) throws(RequestFailure) -> PolicyTrial {
    let made = madeTasks
    let trial = Scheduler(
      policy: policy.make(),
      seed: scheduler.seed,
      limits: Limits(
        // Those that have not arrived count as well.
        tasks: max(scheduler.taskLimit, made.count),
        keptStatuses: max(Limits().keptStatuses, made.count)
      )
    )
    trial.hardware = scheduler.hardware
    do {
      for task in made {
        var recipe = task.recipe
        // What has been said since about how urgent it is holds, too.
        if let now = scheduler.info(task.tid)?.parameters { recipe.parameters = now }
        try recipe.make(in: trial)
      }
    } catch {
      throw .refused(String(describing: error))
    }
    let outcome = trial.run(ticks: ticks) { [isInterrupted] _ in isInterrupted() }
    return PolicyTrial(
      policy: trial.policyDescription,
      metrics: RunMetrics(trial),
      outcome: outcome,
      liveCount: trial.liveTaskCount
    )
  }
}
