import CorosKernel

/// All states, and the steps that lead from one to another.
struct StateGraph {
  /// A step from a state.
  struct Edge {
    let target: UInt32
    let task: UInt16
    let fate: Fate
  }

  /// Where the steps of each state begin among all; the end of one is not the beginning of the next.
  private var starts: ContiguousArray<UInt32> = []
  private var counts: ContiguousArray<UInt16> = []
  private var edges: [Edge] = []
  /// The states in the order in which all that comes after them was seen.
  private(set) var finished: ContiguousArray<UInt32> = []
  /// What goes wrong in a state, by its place among the kinds of failures.
  var marks: [UInt32: [Int]] = [:]
  /// The states in which all tasks have ended.
  var ends: ContiguousArray<UInt32> = []
  /// The state where all runs begin.
  var first: UInt32 = 0
  /// Whether a step leads back to a state on the way to it.
  var hasCycle = false

  var count: Int { starts.count }

  /// Adds a state whose steps are not known yet.
  mutating func append() {
    starts.append(0)
    counts.append(0)
  }

  /// Notes the steps of a state: all that comes after it was seen.
  mutating func finish(_ state: Int, _ steps: some Collection<Edge>) {
    starts[state] = UInt32(edges.count)
    counts[state] = UInt16(steps.count)
    edges.append(contentsOf: steps)
    finished.append(UInt32(state))
  }

  /// The steps of a state.
  @inline(__always)
  subscript(state: Int) -> ArraySlice<Edge> {
    edges[Int(starts[state])..<Int(starts[state]) + Int(counts[state])]
  }
}
