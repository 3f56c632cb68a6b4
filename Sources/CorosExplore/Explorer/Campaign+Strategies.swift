// Which search belongs to which strategy.

extension Campaign {
  /// Carries out a strategy.
  ///
  /// - Parameters:
  ///   - strategy: which.
  ///   - portions: what is known of other portions of the same exploration; nil where there are none.
  /// - Throws: what making the tasks throws, and why the strategy does not suit them.
  func carryOut(_ strategy: Strategy, _ portions: ClassPortions? = nil) throws {
    switch strategy {
    case .random, .urw, .pos, .pct, .mix: try sample(strategy)
    case .states: try visitStates()
    case .merged:
      if try !mergeStates() {
        forget(.states)
        try visitStates()
      }
    case .dpor(let attempts):
      try makeClasses(attempts: attempts, isOptimal: true, portions: portions)
    case .source(let attempts):
      try makeClasses(attempts: attempts, isOptimal: false, portions: portions)
    case .auto: try chooseByItself()
    case .dfs: try makeAll(NoCosts(), budget: 0)
    case .bound(let preemptions): try makeAll(PreemptionCosts(), budget: preemptions)
    case .delay(let delays): try makeAll(DelayCosts(), budget: delays)
    }
  }

  private func makeAll(_ costs: some ChoiceCosts, budget: Int) throws {
    if limits.shard.count == 1 {
      var search = TreeSearch(costs, budget: budget)
      try make(&search, below: limits.runs ?? .max)
    } else {
      let beginnings = try Beginnings(on: ground, costs, budget, parts: limits.shard.count)
      var search = ShardSearch(costs, budget, beginnings.part(limits.shard))
      try make(&search, below: limits.runs ?? .max)
    }
    report.schedules = Count(report.runs)
  }

  private func sample(_ strategy: Strategy) throws {
    var (first, most) = (limits.shard.number - 1, limits.runs ?? 100_000)
    if first >= most { (first, most) = (0, 0) }
    switch strategy {
    case .random:
      var search = RandomWalk(seed: limits.seed)
      try make(&search, from: first, by: limits.shard.count, below: most)
    default:
      var search = Portfolio(strategy, seed: limits.seed, try trial())
      try make(&search, from: first, by: limits.shard.count, below: most)
    }
  }

  /// What some random walks show of the length of runs, the same walks in every shard.
  private func trial() throws -> Trial {
    var trial = Trial()
    for number in 1...Trial.walks {
      var walk = RandomWalk(seed: limits.seed)
      _ = walk.begin(run: -number)
      try ground.reset()
      while ground.settle(), ground.depth < limits.depth {
        try ground.step(walk.task(on: ground))
      }
      trial.note(ground)
    }
    return trial
  }
}
