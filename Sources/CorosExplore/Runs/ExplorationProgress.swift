/// What making the tasks throws to end an exploration, which then keeps what it has found.
public struct ExplorationInterrupted: Error, Hashable, Sendable {
  /// Makes the error.
  public init() {}
}

/// How far an exploration has come.
public struct ExplorationProgress: Hashable, Sendable {
  /// How many runs were made.
  public let runs: Int
  /// How many steps.
  public let steps: Int
  /// How many states were found; nil where they are not told apart.
  public let states: Int?
  /// How many different failures were found.
  public let failures: Int
  /// Which share of all was tried, as an estimate; nil where there is none.
  public let share: Double?
}
