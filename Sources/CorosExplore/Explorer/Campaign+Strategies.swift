// Which search belongs to which strategy.

extension Campaign {
  /// Carries out a strategy.
  func carryOut(_ strategy: Strategy) throws {
    switch strategy {
    case .random, .urw, .pos, .pct, .mix: try sample(strategy)
    case .states: try visitStates()
    case .merged:
      if try !mergeStates() {
        forget(.states)
        try visitStates()
      }
    case .dpor(let attempts): try makeClasses(strategy, attempts: attempts, isOptimal: true)
    case .source(let attempts): try makeClasses(strategy, attempts: attempts, isOptimal: false)
    case .auto: try chooseByItself()
    case .dfs: try makeAll(NoCosts(), budget: 0)
    case .bound(let preemptions): try makeAll(PreemptionCosts(), budget: preemptions)
    case .delay(let delays): try makeAll(DelayCosts(), budget: delays)
    }
  }

  private func makeClasses(_ strategy: Strategy, attempts: Bool, isOptimal: Bool) throws {
    let knewChildrenMatter = ground.listener.asksForChildren
    var search = ClassSearch(
      postpones: !attempts,
      isOptimal: isOptimal,
      properties: questions.properties
    )
    try make(&search, below: limits.runs ?? .max)
    ground.ignore()
    ground.postpones = false
    // Only now is it known that the order matters in which children end.
    if ground.listener.asksForChildren, !knewChildrenMatter, report.stopped == .exhausted {
      forget(strategy)
      return try makeClasses(strategy, attempts: attempts, isOptimal: isOptimal)
    }
    report.hidden = search.hidden
    report.classes = report.runs
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
