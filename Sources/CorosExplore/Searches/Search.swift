import CorosKernel

/// A strategy at work: it chooses the task of each step, run by run.
protocol Search {
  /// Begins a run.
  ///
  /// - Parameter run: its number, from 0.
  /// - Returns: how much of the last run it has in common with that; nil when nothing is left to be tried.
  mutating func begin(run: Int) -> Prefix?

  /// Chooses one of the ready tasks; there may be only one.
  mutating func choose(on ground: Ground) throws -> Move

  /// Takes in a step.
  mutating func note(_ fate: Fate, on ground: Ground)

  /// The tasks whose calls were put off, where nothing else is left to be done: they are made now, and wait.
  mutating func attempts(on ground: Ground) -> [TaskID]

  /// Takes in that a run has ended.
  mutating func end(on ground: Ground) throws

  /// Which share of all was tried, as an estimate; nil where there is no end.
  var share: Double? { get }
}

/// What comes next in a run.
enum Move {
  /// A step of a task.
  case task(TaskID)
  /// Nothing: the run is only another order of an earlier one.
  case cut
  /// Nothing but calls that wait.
  case stuck
}

/// What a run has in common with the one before.
struct Prefix {
  /// How many steps.
  let depth: Int
  /// Whether no later run goes back to there.
  let isLast: Bool
}

extension Search {
  mutating func note(_ fate: Fate, on ground: Ground) {}
  mutating func attempts(on ground: Ground) -> [TaskID] { [] }
  mutating func end(on ground: Ground) throws {}
  var share: Double? { nil }
}
