// The strategy `merged`: as few states as show all that can go wrong.

extension Campaign {
  /// Visits the states that are left when all is merged that makes no difference.
  ///
  /// - Returns: whether anything could be merged; false where steps depend on the time or on chance, or are not known.
  func mergeStates() throws -> Bool {
    var search = MergedSearch(self, joinsSteps: true)
    var end = try search.run()
    if case .goesRound = end {
      // Whether all tasks get their turn in what goes round for ever shows only where each step is seen.
      forget(.merged)
      search = MergedSearch(self, joinsSteps: false)
      end = try search.run()
    }
    guard case .stopped(let why) = end else { return false }
    report.stopped = why
    if why == .exhausted, search.graph.hasCycle {
      let canEnd = !search.graph.ends.isEmpty
      try noteEndless(EndlessParts(search.graph), search.graph, canEnd: canEnd)
    }
    return true
  }
}
