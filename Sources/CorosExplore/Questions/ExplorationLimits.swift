/// When an exploration ends, and what it does beside looking.
public struct ExplorationLimits: Hashable, Sendable {
  /// The most runs; nil for no limit, which a sampler takes as 100,000.
  public var runs: Int?
  /// The most steps of all runs together; nil for no limit.
  public var steps: Int?
  /// The most steps of one run, which is then unfinished.
  public var depth = 10_000
  /// The most states that are kept.
  public var states = 50_000_000
  /// Whether tasks with the same values count as the same, for `states`: none of them may tell its id.
  public var symmetry = false
  /// The seed of what samplers draw.
  public var seed: UInt64 = 0
  /// Whether it goes on after a failure.
  public var all = false
  /// Whether failures are made as small as possible.
  public var shrinks = true
  /// Whether the values at the ends of runs are collected: see ``ExplorationReport/finals``.
  public var finals = false
  /// The part of the schedules that is looked at.
  public var shard = Shard()

  /// Makes the standard limits.
  public init() {}
}

/// A part of an exploration that is spread over several processes.
public struct Shard: Hashable, Sendable {
  /// Its number, from 1.
  public let number: Int
  /// How many there are.
  public let count: Int

  /// Names a shard; without numbers, the one that is all there is.
  public init(_ number: Int = 1, of count: Int = 1) {
    precondition(count > 0 && (1...count).contains(number), "there is no such shard")
    self.number = number
    self.count = count
  }
}
