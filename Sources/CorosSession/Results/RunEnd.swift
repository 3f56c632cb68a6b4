import CorosHistory
import CorosInsight
package import CorosKernel

/// Why a run has stopped, and what a person is to know of it.
package struct RunEnd {
  package let outcome: RunOutcome
  /// The same in words.
  package let sentence: String
  /// The breakpoints that were hit, where they are the reason.
  package let stop: ExplainedStop?
  /// The tasks of which the operator must pick one, where that is the reason.
  package let choices: QueuedTasks?
}

extension Session {
  /// Explains why the machine has stopped, and notes that the commands of breakpoints are due.
  ///
  /// To be called once for each stop.
  package func explain(_ outcome: RunOutcome) -> RunEnd {
    var choices: QueuedTasks?
    if case .undecided(let tasks) = outcome, scheduler.isUndecided {
      choices = QueuedTasks(tasks, in: scheduler)
    }
    return RunEnd(
      outcome: outcome,
      sentence: OutcomeWords.sentence(outcome, scheduler),
      stop: outcome == .breakpoint ? machine.stop.map(note) : nil,
      choices: choices
    )
  }
}
