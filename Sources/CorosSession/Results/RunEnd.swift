import CorosHistory
import CorosInsight
package import CorosKernel

/// Why a run stopped, with the details for a person.
package struct RunEnd {
  package let outcome: RunOutcome
  /// The same in words.
  package let sentence: String
  /// The breakpoints that were hit, if they are the reason.
  package let stop: ExplainedStop?
  /// The tasks of which the operator must pick one, if that is the reason.
  package let choices: QueuedTasks?
  /// What is likely behind a deadlock, a sentence each.
  package let suspicions: [String]
}

extension Session {
  /// Explains why the machine stopped, and schedules the commands of breakpoints.
  ///
  /// Call this once for each stop.
  package func explain(_ outcome: RunOutcome) -> RunEnd {
    var choices: QueuedTasks?
    var suspicions: [String] = []
    if case .deadlock(let deadlock) = outcome { suspicions = self.suspicions(behind: deadlock) }
    if case .undecided(let tasks) = outcome, scheduler.isUndecided {
      choices = QueuedTasks(tasks, in: scheduler)
    }
    return RunEnd(
      outcome: outcome,
      sentence: OutcomeWords.sentence(outcome, scheduler),
      stop: outcome == .breakpoint ? machine.stop.map(note) : nil,
      choices: choices,
      suspicions: suspicions
    )
  }

  /// What is likely behind a deadlock, a sentence each.
  package func suspicions(behind deadlock: Deadlock) -> [String] {
    recorders.sharing.suspicions(behind: deadlock, scheduler)
  }
}
