import CorosKernel

// The strategy `states`: all of the graph, and what follows from it.

extension Campaign {
  /// Visits all states.
  func visitStates() throws {
    var search = StateSearch(self, countsTicks: false)
    var stop = try search.run()
    if stop == nil {
      // Some task asks for the tick, so that states at different ticks are different.
      forget(.states)
      search = StateSearch(self, countsTicks: true)
      stop = try search.run()
    }
    report.stopped = stop ?? .exhausted
    guard stop == .exhausted else { return }
    let canEnd = !search.graph.ends.isEmpty || search.beginnings?.hasEnd == true
    report.canEnd = canEnd
    let endless = search.graph.hasCycle ? EndlessParts(search.graph) : nil
    if endless == nil {
      let counts = StateCounts(search.graph, from: search.roots)
      report.schedules = counts.schedules
      report.failing = counts.failing
      report.chance = counts.chance
    }
    search.joinBeginnings()
    if let endless { try noteEndless(endless, search.graph, canEnd: canEnd) }
    try makeSmallest(search)
  }

  /// Replaces each failure's schedule by the smallest that there is.
  private func makeSmallest(_ search: StateSearch) throws {
    let ways = ShortestWays(
      in: search.graph,
      to: { search.graph.marks[$0] },
      count: search.signatures.count
    )
    // A shard knows only that none of its own is smaller.
    let minimal: ExplorationFailure.Minimality = limits.shard.count == 1 ? .proved : .found
    for (kind, way) in ways.ways {
      try replace(search.signatures[kind], by: way, minimal)
    }
  }

  /// Looks for what can go on for ever.
  ///
  /// - Parameters:
  ///   - endless: the parts in which a way leads round.
  ///   - graph: all states.
  ///   - canEnd: whether all tasks can end; in a program in which nothing ever ends that is meant so, as long as
  ///     something happens in it.
  /// - Throws: `Unrepeatable` when the same choices lead elsewhere.
  func noteEndless(_ endless: EndlessParts, _ graph: StateGraph, canEnd: Bool) throws {
    var undecided = Undecided()
    if let (state, steps) = endless.fairCycle, !questions.ignored.contains(.livelock) {
      let way = wayTo(state, graph)
      if try canEnd || isIdle(steps, after: way) {
        try note(livelock: steps, after: way)
      } else {
        undecided.livelock = try livelock(steps, after: way)
      }
    }
    if let trap = endless.trap {
      let cannotEnd = CannotEnd(way: questions.schedule(of: wayTo(trap, graph)))
      if canEnd { report.cannotEnd = cannotEnd } else { undecided.cannotEnd = cannotEnd }
    }
    // Other shards may know an end.
    if !canEnd, limits.shard.count > 1 { report.undecided = undecided }
  }

  /// Whether steps change nothing that others could see.
  private func isIdle(_ steps: [TaskID], after way: [TaskID]) throws -> Bool {
    try ground.repeatWay(way)
    ground.listen()
    defer { ground.ignore() }
    ground.footprint.removeAll()
    for task in steps where ground.settle() { try ground.step(task) }
    return ground.footprint.changes.isEmpty
  }

  private func wayTo(_ state: UInt32, _ graph: StateGraph) -> [TaskID] {
    ShortestWays(in: graph, to: { $0 == state ? [0] : nil }, count: 1).ways[0] ?? []
  }

  private func note(livelock steps: [TaskID], after way: [TaskID]) throws {
    let failure = try livelock(steps, after: way)
    note(verdict(onLivelock: steps), 0)
    report.failures[report.failures.count - 1] = failure
  }

  private func livelock(_ steps: [TaskID], after way: [TaskID]) throws -> ExplorationFailure {
    try ground.repeatWay(way)
    let verdict = verdict(onLivelock: steps)
    var failure = failure(verdict, ground.signature(of: verdict), ground.size, 0)
    failure.cycle = steps
    failure.minimal = .proved
    return failure
  }

  private func verdict(onLivelock steps: [TaskID]) -> Verdict {
    let tasks = Set(steps).sorted()
    let list = tasks.map(\.description).joined(separator: ", ")
    let text = tasks.count == 1 ? "task \(list) goes" : "tasks \(list) go"
    let cycle = steps.count == 1 ? "1 step leads" : "\(steps.count) steps lead"
    return Verdict(
      kind: .livelock,
      tasks: tasks,
      text: "\(text) round for ever, and never on: \(cycle) back to the same state"
    )
  }
}
