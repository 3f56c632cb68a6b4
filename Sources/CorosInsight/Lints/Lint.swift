package import CorosKernel

/// A kind of likely mistake in a program that is easy to miss.
package enum Lint: String, CaseIterable, Sendable {
  case spinning
  case starving
  case circle
  case unseen

  /// What the lint finds.
  package var summary: String {
    switch self {
    case .spinning: "a task only yields, and no other task runs"
    case .starving: "a task is ready for long, and does not run"
    case .circle: "tasks that wait for each other while others go on"
    case .unseen: "a child failed, and no task has asked how it ended"
    }
  }

  /// What a finding means, and how to respond.
  package var advice: String {
    switch self {
    case .spinning:
      "to wait for something without using the CPU, sleep, or wait for a task or a channel"
    case .starving: "`why TID` says which tasks go before it, and `policy` changes the rule"
    case .circle:
      "none of them ever goes on by itself; `why TID` tells the circle, and `kill` breaks it"
    case .unseen: "a parent that waits for its children learns how they end"
    }
  }
}

/// A likely mistake that a lint has found.
package struct LintFinding: Hashable {
  package let lint: Lint
  package let task: TaskID
  package let tick: Tick
  /// The others that have to do with it, if there are any.
  package let others: [TaskID]

  package init(lint: Lint, task: TaskID, tick: Tick, others: [TaskID] = []) {
    self.lint = lint
    self.task = task
    self.tick = tick
    self.others = others
  }

  /// The finding in words.
  package func sentence(_ scheduler: Scheduler) -> String {
    let who = "task \(task)\(TaskWords.inParentheses(task, scheduler))"
    switch lint {
    case .spinning: return "\(who) only yields, and no other task runs"
    case .starving: return "\(who) has been ready for long, and has never run"
    case .circle:
      let ring = ([task] + others + [task]).prefix(12).map(\.description).joined(separator: " → ")
      return "\(who) and others wait for each other: \(ring)\(others.count > 10 ? " …" : "")"
    case .unseen:
      let parent =
        others.first.map { "task \($0)\(TaskWords.inParentheses($0, scheduler))" } ?? "nobody"
      return "\(who) failed, and \(parent), which created it, has not asked how it ended"
    }
  }
}
