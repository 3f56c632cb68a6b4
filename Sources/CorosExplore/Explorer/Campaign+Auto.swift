import CorosKernel

// The strategy `auto`: whatever suits the machine.

extension Campaign {
  /// Looks at all states, at all classes and at merged states in turn, each time at twice as many, until one of them
  /// comes to an end; where states cannot be told apart, at classes alone, and where these mean nothing, at few
  /// preemptions.
  func chooseByItself() throws {
    let canTellStates = ground.isCopyable && Self.isComparable(ground)
    let given = (runs: limits.runs, steps: limits.steps)
    if !ground.isCopyable { return try chooseForFunctions(given) }
    var part = 1 << 16
    while true {
      if canTellStates, try attempt(.states, steps: part, given.steps) { return }
      if try attempt(.dpor(attempts: false), steps: part, given.steps) { return }
      if canTellStates, try attempt(.merged, steps: part, given.steps) { return }
      part *= 2
      if part > 1 << 24 { break }
    }
    try lookHereAndThere(given)
  }

  /// Async functions may share variables that no call shows, so that classes could mean nothing.
  ///
  /// A small tree is tried to its end; of a large one each way of looking gets a part of the runs, and what then is left
  /// of them goes to random ones, which find most failures soon.
  private func chooseForFunctions(_ given: (runs: Int?, steps: Int?)) throws {
    limits.runs = given.runs.map { max(1, $0 / 8) }
    if try attempt(.dfs, steps: 1 << 20, given.steps), isSettled(given.runs) { return }
    for preemptions in 0...2 {
      if try attempt(.bound(preemptions: preemptions), steps: 1 << 20, given.steps),
        isSettled(given.runs),
        preemptions == 2 || report.stopped != .exhausted || !report.failures.isEmpty
      {
        return
      }
    }
    try lookHereAndThere(given)
  }

  /// Whether the last attempt has not ended only because its part of the runs was made.
  private func isSettled(_ runs: Int?) -> Bool { report.stopped != .runs || limits.runs == runs }

  /// There are too many schedules of any kind.
  private func lookHereAndThere(_ given: (runs: Int?, steps: Int?)) throws {
    forget(.mix)
    (limits.runs, limits.steps) = given
    try carryOut(.mix)
  }

  private static func isComparable(_ ground: Ground) -> Bool {
    let unknown = ground.scheduler.unrecognised
    return unknown.tasks.isEmpty && unknown.objects.isEmpty
  }

  /// Tries a strategy for some steps.
  ///
  /// - Returns: whether that settles the matter.
  private func attempt(_ strategy: Strategy, steps: Int, _ given: Int?) throws -> Bool {
    forget(strategy)
    limits.steps = min(steps, given ?? .max)
    do {
      if strategy == .merged {
        guard try mergeStates() else { return false }
      } else {
        try carryOut(strategy)
      }
    } catch is NotComparable {
      return false
    }
    switch report.stopped {
    case .exhausted:
      return strategy == .states || strategy == .merged
        || report.unfinished == 0 && report.hidden == nil
    case .steps: return limits.steps == given
    case .memory: return false
    case .runs, .time, .failure, .interrupted: return true
    }
  }
}
