import CorosKernel

/// How many schedules there are, how many of them fail, and with what chance: exact sums over a graph without cycles.
struct StateCounts {
  private(set) var schedules = Count(0)
  private(set) var failing = Count(0)
  private(set) var chance = Fraction.zero

  /// Adds up, from the ends backwards.
  init(_ graph: StateGraph) {
    guard graph.count > 0 else { return }
    // Numbers without memory of their own are enough for most, and many times faster.
    if let sums = Self.sums(of: graph, UInt128.self) {
      (schedules, failing) = (Count(sums.all), Count(sums.bad))
    } else if let sums = Self.sums(of: graph, Count.self) {
      (schedules, failing) = sums
    }
    if !graph.marks.isEmpty { chance = Self.chance(of: graph) }
  }

  /// The schedules from the first state on, and those of them that fail; nil where a number is too large for its type.
  private static func sums<Number: Tally>(
    of graph: StateGraph,
    _ type: Number.Type
  ) -> (all: Number, bad: Number)? {
    var all = ContiguousArray(repeating: Number.none, count: graph.count)
    var bad = graph.marks.isEmpty ? [] : all
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
    return (all[0], bad.first ?? .none)
  }

  private static func chance(of graph: StateGraph) -> Fraction {
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
    return chances[0]
  }
}

/// A number that counts schedules.
private protocol Tally {
  static var none: Self { get }
  static var one: Self { get }

  /// Adds a number.
  ///
  /// - Returns: whether there is room for the sum.
  mutating func add(_ other: Self) -> Bool
}

extension UInt128: Tally {
  fileprivate static var none: UInt128 { 0 }
  fileprivate static var one: UInt128 { 1 }

  fileprivate mutating func add(_ other: UInt128) -> Bool {
    let (sum, overflow) = addingReportingOverflow(other)
    self = sum
    return !overflow
  }
}

extension Count: Tally {
  fileprivate static var none: Count { Count(0) }
  fileprivate static var one: Count { Count(1) }

  fileprivate mutating func add(_ other: Count) -> Bool {
    self += other
    return true
  }
}
