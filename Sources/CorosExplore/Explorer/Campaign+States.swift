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
    if search.graph.hasCycle {
      try noteEndless(search.graph)
    } else {
      let counts = StateCounts(search.graph)
      report.schedules = counts.schedules
      report.failing = counts.failing
      report.chance = counts.chance
    }
    try makeSmallest(search)
  }

  /// Replaces each failure's schedule by the smallest that there is.
  private func makeSmallest(_ search: StateSearch) throws {
    let ways = ShortestWays(
      in: search.graph,
      to: { search.graph.marks[$0] },
      count: search.signatures.count
    )
    for (kind, way) in ways.ways { try replace(search.signatures[kind], by: way) }
  }

  /// Looks for what can go on for ever.
  func noteEndless(_ graph: StateGraph) throws {
    let endless = EndlessParts(graph)
    // A program in which nothing ever ends is meant so, as long as something happens in it.
    let isMeant = graph.ends.isEmpty
    if let (state, steps) = endless.fairCycle, !questions.ignored.contains(.livelock) {
      let way = wayTo(state, graph)
      if try !isMeant || isIdle(steps, after: way) { try note(livelock: steps, after: way) }
    }
    if let trap = endless.trap, !isMeant {
      report.cannotEnd = CannotEnd(way: questions.schedule(of: wayTo(trap, graph)))
    }
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
    try ground.repeatWay(way)
    let tasks = Set(steps).sorted()
    let list = tasks.map(\.description).joined(separator: ", ")
    let text = tasks.count == 1 ? "task \(list) goes" : "tasks \(list) go"
    let cycle = steps.count == 1 ? "1 step leads" : "\(steps.count) steps lead"
    let verdict = Verdict(
      kind: .livelock,
      tasks: tasks,
      text: "\(text) round for ever, and never on: \(cycle) back to the same state"
    )
    note(verdict, 0)
    report.failures[report.failures.count - 1].cycle = steps
    report.failures[report.failures.count - 1].minimal = .proved
  }
}
