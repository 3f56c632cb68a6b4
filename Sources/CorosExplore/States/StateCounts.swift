import CorosKernel

/// How many schedules there are, how many of them fail, and with what chance: exact sums over a graph without cycles.
struct StateCounts {
  private(set) var schedules = Count(0)
  private(set) var failing = Count(0)
  private(set) var chance = Fraction.zero

  /// Adds up, from the ends backwards.
  ///
  /// - Parameters:
  ///   - graph: the states.
  ///   - roots: those with which schedules go on, and which schedules lead there.
  init(_ graph: StateGraph, from roots: [(state: Int, arrivals: Arrivals)]) {
    // Numbers without memory of their own are enough for most, and many times faster.
    if let sums = Self.sums(of: graph, UInt128.self) {
      add(sums.all, sums.bad, from: roots)
    } else if let sums = Self.sums(of: graph, Count.self) {
      add(sums.all, sums.bad, from: roots)
    }
    let chances = graph.marks.isEmpty ? [] : Self.chances(in: graph)
    for (state, arrivals) in roots {
      chance = chance + arrivals.brokenChance
      if !chances.isEmpty { chance = chance + arrivals.soundChance * chances[state] }
    }
  }

  /// Counts each schedule from a root as often as the root is reached.
  private mutating func add<Number: Tally>(
    _ all: ContiguousArray<Number>,
    _ bad: ContiguousArray<Number>,
    from roots: [(state: Int, arrivals: Arrivals)]
  ) {
    for (state, arrivals) in roots {
      let after = all[state].count
      schedules += (arrivals.sound + arrivals.broken) * after
      failing += arrivals.broken * after
      if !bad.isEmpty { failing += arrivals.sound * bad[state].count }
    }
  }

  /// The schedules from each state on, and those of them that fail; nil where a number is too large for its type.
  private static func sums<Number: Tally>(
    of graph: StateGraph,
    _ type: Number.Type
  ) -> (all: ContiguousArray<Number>, bad: ContiguousArray<Number>)? {
    var all = ContiguousArray(repeating: Number.none, count: graph.count)
    var bad: ContiguousArray<Number> = graph.marks.isEmpty ? [] : all
    for state in graph.finished {
      let edges = graph[Int(state)]
      var sum = edges.isEmpty ? Number.one : .none
      for edge in edges {
        guard sum.add(all[Int(edge.target)]) else { return nil }
      }
      if graph.marks.isEmpty {
        all[Int(state)] = sum
        continue
      }
      var failing = Number.none
      if graph.marks[state] != nil {
        failing = sum
      } else {
        // There are no more of these than of all.
        for edge in edges { _ = failing.add(bad[Int(edge.target)]) }
      }
      (all[Int(state)], bad[Int(state)]) = (sum, failing)
    }
    return (all, bad)
  }

  private static func chances(in graph: StateGraph) -> ContiguousArray<Fraction> {
    // Most chances are 0 or 1, and those that are not are no more than the states before a failure.
    var chances = ContiguousArray(repeating: Fraction.zero, count: graph.count)
    for state in graph.finished {
      let edges = graph[Int(state)]
      if graph.marks[state] != nil {
        chances[Int(state)] = .one
      } else if edges.contains(where: { !chances[Int($0.target)].numerator.isZero }) {
        chances[Int(state)] = .mean(of: edges.map { chances[Int($0.target)] })
      }
    }
    return chances
  }
}

/// A number that counts schedules.
private protocol Tally {
  static var none: Self { get }
  static var one: Self { get }
  /// The number, however large.
  var count: Count { get }

  /// Adds a number.
  ///
  /// - Returns: whether there is room for the sum.
  mutating func add(_ other: Self) -> Bool
}

extension UInt128: Tally {
  fileprivate static var none: UInt128 { 0 }
  fileprivate static var one: UInt128 { 1 }
  fileprivate var count: Count { Count(self) }

  fileprivate mutating func add(_ other: UInt128) -> Bool {
    let (sum, overflow) = addingReportingOverflow(other)
    self = sum
    return !overflow
  }
}

extension Count: Tally {
  fileprivate static var none: Count { Count(0) }
  fileprivate static var one: Count { Count(1) }
  fileprivate var count: Count { self }

  fileprivate mutating func add(_ other: Count) -> Bool {
    self += other
    return true
  }
}
