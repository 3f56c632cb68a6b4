public import CorosKernel

/// The choices of one run: which task ran in each step, under which seed and policy.
///
/// It prints as one word that can be typed, kept, edited and parsed again:
/// `schedule1@42@rr:quantum=1@1.2x3.1-2x40` is seed 42, round robin, then task 1, three times task 2, and
/// forty times 1 and 2 in turn.
public struct Schedule: Hashable, Sendable {
  /// The seed of the random numbers.
  public let seed: UInt64
  /// The policy, as one would type it: `rr quantum=1`.
  public let policy: String
  /// The choices, as stretches.
  public let runs: [Run]

  /// Some tasks in turn, repeated.
  public struct Run: Hashable, Sendable {
    /// The tasks, at least one.
    public let tasks: [TaskID]
    /// How many times they take turns.
    public let count: Int

    /// Makes a stretch.
    public init(_ tasks: [TaskID], count: Int = 1) {
      self.tasks = tasks
      self.count = count
    }
  }

  /// Makes a schedule of stretches.
  public init(seed: UInt64, policy: String, runs: [Run]) {
    self.seed = seed
    self.policy = policy
    self.runs = runs
  }

  /// Makes a schedule of choices, and finds the repetitions in them; O(n).
  public init(seed: UInt64, policy: String, choices: [TaskID]) {
    self.init(seed: seed, policy: policy, runs: Self.runs(of: choices))
  }

  /// The choices one by one.
  public var choices: some Sequence<TaskID> {
    runs.lazy.flatMap { run in (0..<run.count).lazy.flatMap { _ in run.tasks } }
  }

  /// How many choices there are.
  public var count: Int { runs.reduce(0) { $0 + $1.tasks.count * $1.count } }

  /// The first choices only.
  public func prefix(_ count: Int) -> Schedule {
    var left = count
    var result: [Run] = []
    for run in runs where left > 0 {
      let whole = min(run.count, left / run.tasks.count)
      if whole > 0 { result.append(Run(run.tasks, count: whole)) }
      left -= whole * run.tasks.count
      if whole < run.count {
        if left > 0 { result.append(Run(Array(run.tasks.prefix(left)))) }
        left = 0
      }
    }
    return Schedule(seed: seed, policy: policy, runs: result)
  }

  /// The most tasks that take turns in one stretch.
  private static let longestTurn = 32

  private static func runs(of choices: [TaskID]) -> [Run] {
    var result: [Run] = []
    var loose: [TaskID] = []
    var start = 0
    while start < choices.count {
      let (period, count) = repetition(in: choices, from: start)
      if count > 1 {
        result += loose.map { Run([$0]) }
        loose = []
        result.append(Run(Array(choices[start..<start + period]), count: count))
      } else {
        loose.append(choices[start])
      }
      start += period * count
    }
    return result + loose.map { Run([$0]) }
  }

  /// The repeated pattern at a place: its length and how often it comes; the one that reaches furthest.
  private static func repetition(
    in choices: [TaskID],
    from start: Int
  ) -> (period: Int, count: Int) {
    var best = (period: 1, count: 1)
    for period in 1...longestTurn {
      guard start + 2 * period <= choices.count else { break }
      var end = start + period
      while end < choices.count, choices[end] == choices[end - period] { end += 1 }
      let count = (end - start) / period
      if count > 1, (count - 1) * period > (best.count - 1) * best.period {
        best = (period, count)
      }
      if best.count > 1, best.count * best.period >= 4 * longestTurn { break }
    }
    return best
  }
}
