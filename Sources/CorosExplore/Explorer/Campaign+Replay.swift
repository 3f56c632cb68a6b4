public import CorosKernel

// One schedule, made again.

extension Campaign {
  /// Makes choices up to the first failure.
  func replay(_ choices: [TaskID]) throws {
    try ground.reset()
    for task in choices {
      guard ground.settle(), ground.ready.contains(task) else {
        throw ScheduleMisfit(step: ground.depth + 1, task: task, ready: Array(ground.ready))
      }
      let fate = try ground.step(task)
      if let verdict = verdicts(on: fate, task).first { return note(verdict, 0) }
    }
    if !ground.settle(), let verdict = verdictsOnEnd().first { note(verdict, 0) }
  }
}

/// That a schedule does not belong to these tasks, or no longer: a task cannot run where its turn comes.
public struct ScheduleMisfit: Error, Hashable, Sendable, CustomStringConvertible {
  /// The number of the step, from 1.
  public let step: Int
  /// The task whose turn it would be.
  public let task: TaskID
  /// The tasks that could run.
  public let ready: [TaskID]

  /// What does not fit, and the way out.
  public var description: String {
    let others = ready.map(\.description).joined(separator: ", ")
    return "the schedule does not fit: in step \(step) task \(task) cannot run, "
      + (ready.isEmpty ? "and no other can" : "only \(others)")
      + "; have the tasks changed since it was printed? Explore them again without it"
  }
}
