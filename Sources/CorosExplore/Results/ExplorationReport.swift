public import CorosHistory

/// What an exploration has found, and how much it has looked at.
public struct ExplorationReport: Sendable {
  /// Why it ended.
  public enum Stop: String, Hashable, Sendable {
    /// Nothing was left to be tried.
    case exhausted
    /// The limit of runs was reached.
    case runs
    /// The limit of steps was reached.
    case steps
    /// The time was over.
    case time
    /// It found a failure.
    case failure
    /// It reached the limit of states.
    case memory
    /// It was interrupted.
    case interrupted
  }

  /// What an exploration stands for that was exhausted.
  public enum Coverage: String, Hashable, Sendable {
    /// All schedules.
    case all
    /// All schedules within a bound.
    case bound
    /// Some schedules, at random.
    case sample
    /// Some schedules.
    case part
  }

  /// The strategy that was used; never `auto`.
  public var how: Strategy
  /// How many runs were made to their end.
  public var runs = 0
  /// How many runs were given up, since they were only another order of an earlier one.
  public var cut = 0
  /// How many steps were made.
  public var steps = 0
  /// The steps of the longest run.
  public var deepest = 0
  /// How many runs reached the limit of their length; nothing is known of how they end.
  public var unfinished = 0
  /// How many schedules were tried, or stand behind the states; nil where that is not known.
  public var schedules: Count?
  /// How many of these fail, or of the classes.
  public var failing = Count(0)
  /// How many classes of schedules there are; nil where they were not told apart.
  public var classes: Int?
  /// How many states were found; nil where they were not told apart.
  public var states: Int?
  /// The chance that a run fails in which each step is drawn at random; nil where it is not known.
  public var chance: Fraction?
  /// Whether a state was reached from which the tasks cannot all end.
  public var cannotEnd: CannotEnd?
  /// Whether some schedule ends with all tasks ended; nil where that is not known.
  package var canEnd: Bool?
  /// What a shard cannot decide alone; nil where it can.
  package var undecided: Undecided?
  /// Which share of all was tried, as an estimate; nil where there is none.
  public var share: Double?
  /// Why it ended.
  public var stopped = Stop.exhausted
  /// What went wrong, each thing once.
  public var failures: [ExplorationFailure] = []
  /// The values with which runs end; nil where they were not asked for.
  public var finals: [Final]?
  /// Tasks that share something which no system call shows, so that classes mean nothing; nil where none do.
  public var hidden: HiddenSharing?

  /// Whether everything was tried, within no bound.
  public var isExhausted: Bool { stopped == .exhausted && covers == .all }

  /// What it stands for.
  public var covers: Coverage {
    if how.isSampler { return .sample }
    if stopped != .exhausted || unfinished > 0 || hidden != nil { return .part }
    return how.bound == nil ? .all : .bound
  }

  /// The bound within which everything was tried; nil where there is none.
  public var bound: Int? { how.bound }

  /// Makes the report of nothing.
  package init(_ how: Strategy) { self.how = how }
}

/// A set of values with which runs can end.
public struct Final: Hashable, Sendable {
  /// The values, as the one who asked wrote them.
  public let values: String
  /// A schedule that ends so.
  public let way: Schedule
}

/// What is wrong only if all tasks can end in some schedule: in a shard in which they never do, and which does not know of
/// the others.
package struct Undecided: Sendable {
  /// Tasks that go round for ever.
  package var livelock: ExplorationFailure?
  /// A way to a state from which no schedule leads to an end.
  package var cannotEnd: CannotEnd?
}

/// A way to a state from which no schedule leads to the end of all tasks.
public struct CannotEnd: Hashable, Sendable {
  /// The way.
  public let way: Schedule
}
