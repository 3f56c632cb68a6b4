import CorosKernel

/// URW: a task is drawn in proportion to the steps that it has before it, so that all schedules are about as likely.
struct RemainingSteps {
  private let counts: [TaskID: Int]
  private var left: [TaskID: Int] = [:]
  private var newest = TaskID.operator
  private var numbers = RandomNumbers(seed: 0)

  init(_ trial: Trial) { counts = trial.counts }

  mutating func begin(_ numbers: RandomNumbers, on ground: Ground) {
    self.numbers = numbers
    left = counts
    newest = ground.oldTasks
    // A task stands for its children, too, until they are born.
    let unborn = counts.filter { $0.key > newest }.values.reduce(0, +)
    if unborn > 0, let root = ground.ready.first { left[root, default: 0] += unborn }
  }

  mutating func choose(on ground: Ground) -> TaskID {
    var total = 0
    for task in ground.ready { total += max(1, left[task, default: 1]) }
    var drawn = numbers.next(below: total)
    for task in ground.ready {
      drawn -= max(1, left[task, default: 1])
      if drawn < 0 { return task }
    }
    return ground.ready[0]
  }

  mutating func note(_ task: TaskID, on ground: Ground) {
    left[task, default: 1] -= 1
    while newest < ground.scheduler.newestTask {
      newest = TaskID(rawValue: newest.rawValue + 1)
      left[task, default: 1] -= counts[newest, default: 0]
    }
  }
}
