import CorosKernel

/// What some runs before the first have shown of the length of runs.
struct Trial {
  /// How many walks it takes.
  static let walks = 20

  /// The most steps, and a fifth more.
  private(set) var steps = 1
  /// The steps of each task in the first walk.
  private(set) var counts: [TaskID: Int] = [:]

  /// Takes in a run.
  mutating func note(_ ground: Ground) {
    steps = max(steps, ground.depth + (ground.depth + 4) / 5)
    guard counts.isEmpty else { return }
    for task in ground.path { counts[task, default: 0] += 1 }
  }
}
