import CorosKernel

/// How many schedules there are, how many of them fail, and with what chance: exact sums over a graph without cycles.
struct StateCounts {
  private(set) var schedules = Count(0)
  private(set) var failing = Count(0)
  private(set) var chance = Fraction.zero

  /// Adds up, from the ends backwards.
  init(_ graph: StateGraph) {
    var all = ContiguousArray(repeating: Count(0), count: graph.count)
    var bad = all
    // Most chances are 0 or 1, and those that are not are no more than the states before a failure.
    var chances = ContiguousArray(repeating: Fraction.zero, count: graph.count)
    for state in graph.finished {
      let state = Int(state)
      let edges = graph[state]
      if edges.isEmpty {
        all[state] = Count(1)
      } else {
        for edge in edges {
          all[state] += all[Int(edge.target)]
          bad[state] += bad[Int(edge.target)]
        }
      }
      if graph.marks[UInt32(truncatingIfNeeded: state)] != nil {
        bad[state] = all[state]
        chances[state] = .one
      } else if !bad[state].isZero {
        chances[state] = .mean(of: edges.map { chances[Int($0.target)] })
      }
    }
    guard graph.count > 0 else { return }
    (schedules, failing, chance) = (all[0], bad[0], chances[0])
  }
}
