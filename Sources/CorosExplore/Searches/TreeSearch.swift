import CorosKernel

/// All schedules, or all within a bound: the tree of choices, in depth.
struct TreeSearch<Costs: ChoiceCosts>: Search {
  private struct Level {
    let depth: Int
    /// What was spent on the way to here.
    let spent: Int
    let first: Int
    /// The next of its choices to be tried.
    var next: Int
    let end: Int
    /// Its part of the whole tree: where it begins, and how large it is.
    let part: (start: Double, size: Double)
  }

  private struct Option {
    let task: TaskID
    let cost: Int
  }

  private let costs: Costs
  private let budget: Int
  private var levels: ContiguousArray<Level> = []
  private var options: ContiguousArray<Option> = []
  private var spent = 0
  /// The part of the whole tree to which the present choice leads, each choice of a state having as much.
  private var part = (start: 0.0, size: 1.0)
  private var isDone = false
  private var hasBegun = false

  init(_ costs: Costs, budget: Int, spent: Int = 0) {
    self.costs = costs
    self.budget = budget
    self.spent = spent
  }

  mutating func begin(run: Int) -> Prefix? {
    guard hasBegun else {
      hasBegun = true
      return Prefix(depth: 0, isLast: false)
    }
    guard let level = levels.last else { return nil }
    spent = level.spent
    return Prefix(depth: level.depth, isLast: level.next == level.end - 1)
  }

  mutating func choose(on ground: Ground) -> Move { .task(task(on: ground)) }

  mutating func task(on ground: Ground) -> TaskID {
    if let last = levels.indices.last, levels[last].depth == ground.depth {
      let option = options[levels[last].next]
      take(levels[last].next - levels[last].first, of: levels[last].end - levels[last].first, last)
      spent = levels[last].spent + option.cost
      levels[last].next += 1
      if levels[last].next == levels[last].end {
        options.shorten(to: levels[last].first)
        levels.removeLast()
      }
      return option.task
    }
    if ground.ready.count == 1 { return ground.ready[0] }
    let first = options.count
    costs.list(on: ground) { task, cost in
      if cost <= budget - spent { options.append(Option(task: task, cost: cost)) }
    }
    let chosen = options[first]
    if options.count == first + 1 {
      options.removeLast()
    } else {
      levels.append(
        Level(
          depth: ground.depth,
          spent: spent,
          first: first,
          next: first + 1,
          end: options.count,
          part: part
        )
      )
      part.size /= Double(options.count - first)
      ground.save()
    }
    spent += chosen.cost
    return chosen.task
  }

  private mutating func take(_ choice: Int, of count: Int, _ level: Int) {
    let whole = levels[level].part
    part.size = whole.size / Double(count)
    part.start = whole.start + part.size * Double(choice)
  }

  /// By the share of its subtree that each choice on the way stands for.
  var share: Double? { part.start }
}

/// What choices cost.
protocol ChoiceCosts {
  /// Lists the ready tasks in the order in which they are tried, each with what it costs to choose it.
  ///
  /// The first costs nothing.
  func list(on ground: Ground, _ add: (TaskID, Int) -> Void)
}

/// Nothing costs anything.
struct NoCosts: ChoiceCosts {
  func list(on ground: Ground, _ add: (TaskID, Int) -> Void) {
    for task in ground.ready { add(task, 0) }
  }
}

/// It costs 1 to leave a task that could go on and has not given up the CPU.
struct PreemptionCosts: ChoiceCosts {
  func list(on ground: Ground, _ add: (TaskID, Int) -> Void) {
    guard let last = ground.path.last, ground.fates.last == .ready else {
      for task in ground.ready { add(task, 0) }
      return
    }
    add(last, 0)
    for task in ground.ready where task != last { add(task, 1) }
  }
}

/// Each task runs on, and when it cannot, the next one by its id, in a ring.
///
/// Each that is passed over costs 1.
struct DelayCosts: ChoiceCosts {
  func list(on ground: Ground, _ add: (TaskID, Int) -> Void) {
    let ready = ground.ready
    var start = 0
    if let last = ground.path.last {
      let goesOn = ground.fates.last == .ready
      start = ready.firstIndex { goesOn ? $0 >= last : $0 > last } ?? 0
    }
    for offset in ready.indices { add(ready[(start + offset) % ready.count], offset) }
  }
}
