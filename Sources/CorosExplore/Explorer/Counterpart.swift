public import CorosHistory
public import CorosKernel

/// A schedule in which nothing goes wrong, beside one in which something does.
public struct Counterpart: Hashable, Sendable {
  /// The schedule that passes, from the first step of the machine on.
  public let schedule: Schedule
  /// The tick at which the two part.
  public let tick: Tick
  /// The task that runs there in the failing schedule.
  public let failing: TaskID
  /// The task that runs there in the one that passes.
  public let passing: TaskID
}

extension Explorer {
  /// Looks for a schedule that passes, and goes the same way as a failing one for long.
  ///
  /// The last choice is made differently first, then the one before it, and so on. After the other choice the tasks run in
  /// the order in which they did, as far as they can. So the two part late, and rarely more than they must; but it need
  /// not be the nearest schedule of all.
  ///
  /// - Parameters:
  ///   - schedule: one that fails, from the first step of the machine on.
  ///   - runs: how many to try; each costs as much as the schedule is long.
  /// - Returns: what was found; nil when none of those that were tried passes.
  /// - Throws: what making the tasks throws; `Unrepeatable` when the same choices lead elsewhere.
  public func counterpart(of schedule: Schedule, runs: Int = 1_000) throws -> Counterpart? {
    let campaign = try campaign()
    let choices = Array(schedule.choices.dropFirst(campaign.questions.past.count))
    return try campaign.counterpart(of: choices, runs: runs)
  }
}

extension Campaign {
  func counterpart(of choices: [TaskID], runs: Int) throws -> Counterpart? {
    var left = runs
    for place in choices.indices.reversed() {
      try ground.repeatWay(Array(choices[..<place]))
      guard ground.settle() else { continue }
      let tick = ground.scheduler.now
      for other in ground.ready where other != choices[place] {
        if left == 0 { return nil }
        left -= 1
        try ground.repeatWay(Array(choices[..<place]))
        guard ground.settle(), try passes(other, then: choices[place...]) else { continue }
        return Counterpart(
          schedule: questions.schedule(of: ground.path),
          tick: tick,
          failing: choices[place],
          passing: other
        )
      }
    }
    return nil
  }

  /// Makes a step, then runs the tasks in a given order as far as they can, and then whoever ran last.
  ///
  /// - Returns: whether all ends well.
  private func passes(_ first: TaskID, then order: ArraySlice<TaskID>) throws -> Bool {
    var (next, order) = (first, order)
    while true {
      if !verdicts(on: try ground.step(next), next).isEmpty { return false }
      if ground.depth >= limits.depth { return false }
      guard ground.settle() else { return verdictsOnEnd().isEmpty }
      if let place = order.firstIndex(where: ground.ready.contains) {
        next = order.remove(at: place)
      } else if !ground.ready.contains(next) {
        next = ground.ready[0]
      }
    }
  }
}
