package import CorosExplore

/// What is asked of an exploration.
package struct ExplorationOrder {
  /// Which schedules are tried.
  package var strategy = Strategy.auto
  /// When it ends.
  package var limits = ExplorationLimits()
  /// What must hold at the end of each run, in addition to what was typed as `finally`.
  package var checks: [MachineExpression] = []
  /// What must hold after each step, in addition to what was typed as `always`.
  package var always: [MachineExpression] = []
  /// What must hold after no step.
  package var never: [MachineExpression] = []
  /// Whether no task may end by itself while it holds a lock.
  package var forbidsOrphans = false
  /// The failures that do not count.
  package var ignored: Set<ExplorationFailure.Kind> = []

  /// What is found once for all portions.
  let portionMemory = ClassPortions()

  /// Asks for all that there is, up to the first failure.
  package init() {}

  /// Whether the schedules can be dealt out to shards.
  package var isDivisible: Bool {
    switch strategy {
    case .auto, .merged: false
    case .states, .random, .urw, .pos, .pct, .mix, .bound, .delay, .dfs, .dpor, .source: true
    }
  }

  /// The portions into which it is divided where it is kept in a file, so that it can go on after the last one.
  ///
  /// Each portion is a shard of its own.
  package var portions: Int {
    switch strategy {
    case .auto, .states, .merged: 1
    case .dpor, .source: max(4, 256 / limits.shard.count)
    case .random, .urw, .pos, .pct, .mix:
      max(1, (limits.runs ?? 100_000) / limits.shard.count / 20_000)
    case .bound, .delay, .dfs: 64
    }
  }

  /// The limits of a portion.
  ///
  /// - Parameters:
  ///   - index: The portion, from 0.
  ///   - count: How many there are.
  ///   - earlier: What those before it have used up.
  /// - Returns: The limits, of which those for all portions are what is left.
  func limits(ofPortion index: Int, of count: Int, after earlier: Exploration?) -> ExplorationLimits
  {
    var limits = limits
    let shard = limits.shard
    limits.shard = Shard(shard.number + shard.count * index, of: shard.count * count)
    // What is left may be nothing: a portion can end with the last step that there was.
    if let steps = limits.steps {
      limits.steps = max(0, shard.part(of: steps) - (earlier?.steps ?? 0))
    }
    // Samplers share the numbers of the runs themselves; of a tree each shard gets as much.
    if let runs = limits.runs, !strategy.isSampler {
      limits.runs = max(0, shard.part(of: runs) - (earlier?.runs ?? 0))
    }
    return limits
  }
}

extension Shard {
  /// As much of a total as each shard gets; the first ones get what does not divide.
  fileprivate func part(of total: Int) -> Int {
    total / count + (number <= total % count ? 1 : 0)
  }
}
