import CorosKernel

/// Any ready task, with equal chances.
struct RandomWalk: Search {
  let seed: UInt64
  private var numbers = RandomNumbers(seed: 0)

  init(seed: UInt64) { self.seed = seed }

  mutating func begin(run: Int) -> Prefix? {
    numbers = RandomNumbers(seed: seed, run: run)
    return Prefix(depth: 0, isLast: false)
  }

  mutating func choose(on ground: Ground) -> Move { .task(task(on: ground)) }

  mutating func task(on ground: Ground) -> TaskID {
    let count = ground.ready.count
    return ground.ready[count == 1 ? 0 : numbers.next(below: count)]
  }
}
