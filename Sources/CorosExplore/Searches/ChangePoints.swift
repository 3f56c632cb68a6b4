import CorosKernel

/// PCT: the task with the highest random priority runs, and at some random steps the one about to run falls behind all.
///
/// Each run finds a failure that takes `depth` constraints with a chance of at least 1 in n · k^(depth - 1), for n
/// tasks and k steps.
struct ChangePoints {
  let depth: Int
  let steps: Int
  private var priorities: [TaskID: Int] = [:]
  /// At which steps the priority falls to the lowest values, in turn.
  private var points: [Int] = []
  private var numbers = RandomNumbers(seed: 0)

  init(depth: Int, steps: Int) {
    self.depth = max(1, depth)
    self.steps = steps
  }

  mutating func begin(_ numbers: RandomNumbers) {
    self.numbers = numbers
    priorities.removeAll(keepingCapacity: true)
    points = (1..<depth).map { _ in self.numbers.next(below: steps) }
  }

  mutating func choose(on ground: Ground) -> TaskID {
    for task in ground.ready where priorities[task] == nil { insert(task) }
    var chosen = highest(of: ground.ready)
    for (value, point) in points.enumerated() where point == ground.depth {
      priorities[chosen] = value
      chosen = highest(of: ground.ready)
    }
    return chosen
  }

  /// Gives a new task a random rank among the others.
  private mutating func insert(_ task: TaskID) {
    let others = priorities.filter { $0.value >= depth }
    let rank = depth + numbers.next(below: others.count + 1)
    for (other, priority) in others where priority >= rank { priorities[other] = priority + 1 }
    priorities[task] = rank
  }

  private func highest(of ready: ContiguousArray<TaskID>) -> TaskID {
    var best = ready[0]
    for task in ready.dropFirst() where priorities[task, default: 0] > priorities[best, default: 0]
    {
      best = task
    }
    return best
  }
}
