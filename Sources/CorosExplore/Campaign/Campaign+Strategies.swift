// Which search belongs to which strategy.

extension Campaign {
  /// Carries out a strategy.
  func carryOut(_ strategy: Strategy) throws {
    switch strategy {
    case .random, .urw, .pos, .pct, .mix: try sample(strategy)
    case .dfs, .auto, .states, .dpor:
      var search = TreeSearch(NoCosts(), budget: 0)
      try makeAll(&search)
    case .bound(let preemptions):
      var search = TreeSearch(PreemptionCosts(), budget: preemptions)
      try makeAll(&search)
    case .delay(let delays):
      var search = TreeSearch(DelayCosts(), budget: delays)
      try makeAll(&search)
    }
  }

  private func makeAll<Costs>(_ search: inout TreeSearch<Costs>) throws {
    try make(&search, runs: 0..<(limits.runs ?? .max))
    report.schedules = Count(report.runs)
  }

  private func sample(_ strategy: Strategy) throws {
    var search = RandomWalk(seed: limits.seed)
    try make(&search, runs: 0..<(limits.runs ?? 100_000))
  }
}
