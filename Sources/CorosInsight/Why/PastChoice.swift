package import CorosKernel

/// What could be chosen before a step of the past, and by which rule.
package struct PastChoice {
  let choice: NextChoice
  let policy: String
  let rule: String
  let policyPreempts: Bool
  /// The name of the task that had the CPU before, in parentheses.
  let lossName: String

  /// The choice that a scheduler is about to make.
  package init(_ choice: NextChoice, _ scheduler: Scheduler) {
    self.choice = choice
    policy = scheduler.policyDescription
    rule = scheduler.policyRule
    policyPreempts = scheduler.policyPreempts
    lossName = choice.loss.map { TaskWords.inParentheses($0.task, scheduler) } ?? ""
  }
}
