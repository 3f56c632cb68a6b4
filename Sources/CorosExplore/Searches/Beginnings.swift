import CorosKernel

/// The tree of choices cut off where there are enough branches to be dealt out: all schedules begin with one of these.
struct Beginnings {
  struct Beginning {
    let path: [TaskID]
    /// What was spent on the way.
    let spent: Int
    /// Whether it is a whole schedule.
    var isWhole = false
  }

  private(set) var all = [Beginning(path: [], spent: 0)]

  /// No beginning is longer, of schedules or of ways to states: where a task runs alone, the tree may never branch.
  static let longest = 256

  /// Expands the tree in breadth, until each part gets sixteen branches, or there are no more, or they are long.
  init(on ground: Ground, _ costs: some ChoiceCosts, _ budget: Int, parts: Int) throws {
    var length = 0
    while all.count < 16 * parts, length < Self.longest, all.contains(where: { !$0.isWhole }) {
      length += 1
      var longer: [Beginning] = []
      for beginning in all {
        if beginning.isWhole {
          longer.append(beginning)
          continue
        }
        try ground.repeatWay(beginning.path)
        guard ground.settle() else {
          longer.append(Beginning(path: beginning.path, spent: beginning.spent, isWhole: true))
          continue
        }
        costs.list(on: ground) { task, cost in
          guard beginning.spent + cost <= budget else { return }
          longer.append(Beginning(path: beginning.path + [task], spent: beginning.spent + cost))
        }
      }
      all = longer
    }
  }

  /// Those that belong to a part.
  func part(_ shard: Shard) -> [Beginning] {
    all.indices.filter { $0 % shard.count == shard.number - 1 }.map { all[$0] }
  }
}

/// All schedules that begin in certain ways.
struct ShardSearch<Costs: ChoiceCosts>: Search {
  private let costs: Costs
  private let budget: Int
  private let beginnings: [Beginnings.Beginning]
  private var next = 0
  private var tree: TreeSearch<Costs>?

  init(_ costs: Costs, _ budget: Int, _ beginnings: [Beginnings.Beginning]) {
    self.costs = costs
    self.budget = budget
    self.beginnings = beginnings
  }

  mutating func begin(run: Int) -> Prefix? {
    if let prefix = tree?.begin(run: run) { return prefix }
    guard next < beginnings.count else { return nil }
    tree = TreeSearch(costs, budget: budget, spent: beginnings[next].spent)
    next += 1
    return tree?.begin(run: run)
  }

  mutating func choose(on ground: Ground) -> Move {
    let path = beginnings[next - 1].path
    if ground.depth < path.count { return .task(path[ground.depth]) }
    return tree?.choose(on: ground) ?? .stuck
  }

  var share: Double? {
    guard next > 0, !beginnings.isEmpty else { return 0 }
    return (Double(next - 1) + (tree?.share ?? 0)) / Double(beginnings.count)
  }
}
