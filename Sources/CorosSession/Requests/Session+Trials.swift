package import CorosHistory
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
  /// What the operator did that could not be done again.
  package let refused: [RefusedAct]

  package var isFinished: Bool { liveCount == 0 }
}

/// The user has interrupted a trial.
package struct TrialInterrupted: Error {
  /// The tick to which it had come.
  package let tick: Tick
}

extension Session {
  /// Runs what the operator has done so far under a policy, on a machine of its own.
  ///
  /// Each act comes at the tick at which it was done here; changes of policy and picks are left out.
  ///
  /// - Parameters:
  ///   - policy: The policy.
  ///   - ticks: The most ticks of virtual time to run.
  /// - Returns: What became of the tasks.
  /// - Throws: The tick to which it had come when the person interrupted it.
  package func trial(
    under policy: PolicyChoice,
    ticks: Tick
  ) throws(TrialInterrupted) -> PolicyTrial {
    let trial = machine.trial(
      under: policy.make(),
      keptStatuses: madeTaskCount,
      ticks: ticks,
      until: isInterrupted
    )
    if case .conditionMet = trial.outcome {
      throw TrialInterrupted(tick: trial.scheduler.now)
    }
    return PolicyTrial(
      policy: trial.scheduler.policyDescription,
      metrics: RunMetrics(trial.scheduler),
      outcome: trial.outcome,
      liveCount: trial.scheduler.liveTaskCount,
      refused: trial.refused
    )
  }
}
