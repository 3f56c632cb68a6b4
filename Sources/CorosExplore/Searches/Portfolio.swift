import CorosKernel

/// The samplers that look further than a walk does: one of them in each run, or all in turn.
struct Portfolio: Search {
  private enum Kind {
    case walk, urw, pos, pct2, pct3, pct10
  }

  private static let turns: [Kind] = [.walk, .pos, .pct2, .urw, .walk, .pct3, .pos, .pct10]

  private let kinds: [Kind]
  private let seed: UInt64
  private var kind = Kind.walk
  private var numbers = RandomNumbers(seed: 0)
  private var hasBegun = false
  private var weights: RemainingSteps
  private var priorities = PendingSteps()
  private var points: ChangePoints
  private let steps: Int
  private let depth: Int?

  init(_ strategy: Strategy, seed: UInt64, _ trial: Trial) {
    self.seed = seed
    steps = trial.steps
    weights = RemainingSteps(trial)
    switch strategy {
    case .urw: (kinds, depth) = ([.urw], nil)
    case .pos: (kinds, depth) = ([.pos], nil)
    case .pct(let given): (kinds, depth) = ([.pct2], given)
    default: (kinds, depth) = (Self.turns, nil)
    }
    points = ChangePoints(depth: depth ?? 2, steps: trial.steps)
  }

  mutating func begin(run: Int) -> Prefix? {
    kind = kinds[run % kinds.count]
    numbers = RandomNumbers(seed: seed, run: run)
    hasBegun = false
    switch kind {
    case .walk, .urw: break
    case .pos: priorities.begin(numbers)
    case .pct2: beginPoints(2)
    case .pct3: beginPoints(3)
    case .pct10: beginPoints(10)
    }
    return Prefix(depth: 0, isLast: false)
  }

  private mutating func beginPoints(_ standard: Int) {
    let depth = depth ?? standard
    if points.depth != max(1, depth) { points = ChangePoints(depth: depth, steps: steps) }
    points.begin(numbers)
  }

  mutating func choose(on ground: Ground) throws -> Move { .task(try task(on: ground)) }

  private mutating func task(on ground: Ground) throws -> TaskID {
    if kind == .urw, !hasBegun { weights.begin(numbers, on: ground) }
    hasBegun = true
    switch kind {
    case .walk:
      let count = ground.ready.count
      return ground.ready[count == 1 ? 0 : numbers.next(below: count)]
    case .urw: return weights.choose(on: ground)
    case .pos: return try priorities.choose(on: ground)
    case .pct2, .pct3, .pct10: return points.choose(on: ground)
    }
  }

  mutating func note(_ fate: Fate, on ground: Ground) {
    guard let task = ground.path.last else { return }
    switch kind {
    case .urw: weights.note(task, on: ground)
    case .pos: priorities.note(task)
    case .walk, .pct2, .pct3, .pct10: break
    }
  }
}
