package import CorosInsight
package import CorosKernel

/// The result of running the session's tasks under a policy.
package struct PolicyTrial {
  /// The policy with all its settings.
  package let policy: String
  package let metrics: RunMetrics
  package let outcome: RunOutcome
  /// The number of tasks alive at the end.
  package let liveCount: Int

  package var isFinished: Bool { liveCount == 0 }
}

extension Session {
  /// Runs the tasks that the operator has made under a policy, on a separate machine.
  ///
  /// Each arrives at the same tick as here, with its present parameters. Other acts of the operator are not
  /// repeated.
  ///
  /// - Parameters:
  ///   - policy: The policy.
  ///   - ticks: The maximum number of ticks of virtual time.
  /// - Returns: The result; its outcome is `.conditionMet` if the user interrupted it.
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
        // Tasks that have not arrived count as well.
        tasks: max(scheduler.taskLimit, made.count),
        keptStatuses: max(Limits().keptStatuses, made.count)
      )
    )
    do {
      for task in made {
        var recipe = task.recipe
        // Parameters that were changed since then apply, too.
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
