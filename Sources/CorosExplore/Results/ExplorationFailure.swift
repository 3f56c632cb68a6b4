public import CorosHistory
public import CorosKernel

/// What goes wrong in some schedules, with the smallest schedule found in which it does.
public struct ExplorationFailure: Hashable, Sendable {
  /// What went wrong.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Tasks wait that nothing can wake.
    case deadlock
    /// A task ended by an error.
    case failed
    /// A property of the end does not hold.
    case check
    /// A property does not hold that must hold always.
    case always
    /// Tasks go on for ever, each of them, and never end.
    case livelock
  }

  /// How sure it is that there is no smaller schedule.
  public enum Minimality: String, Hashable, Sendable {
    /// Every schedule with fewer preemptions was tried.
    case proved
    /// No stretch of it can be left out or joined to another.
    case local
    /// It is as it was found.
    case found
  }

  /// How large a schedule is: a smaller one is easier to follow.
  public struct Size: Hashable, Comparable, Sendable {
    /// How often a task loses the CPU that could have gone on, and has not given it up.
    public let preemptions: Int
    /// How often another task runs than before.
    public let switches: Int
    /// The steps.
    public let steps: Int

    /// Makes a size.
    public init(preemptions: Int, switches: Int, steps: Int) {
      self.preemptions = preemptions
      self.switches = switches
      self.steps = steps
    }

    /// By preemptions, then by switches, then by steps.
    public static func < (left: Size, right: Size) -> Bool {
      (left.preemptions, left.switches, left.steps)
        < (right.preemptions, right.switches, right.steps)
    }
  }

  /// What went wrong.
  public let kind: Kind
  /// The tasks that it happened to, in order: of a circle each waits for the next.
  public let tasks: [TaskID]
  /// The same tasks by where they come from, which no schedule changes: `2.1` is the first child of `2`.
  public let names: [String]
  /// What went wrong, in a sentence without a full stop.
  public let text: String
  /// The number of the run in which it was found first, from 0.
  public internal(set) var run: Int
  /// The schedule, from the first step of the machine.
  public internal(set) var schedule: Schedule
  /// How many of its choices belong to the past that all runs have in common.
  public let past: Int
  /// Its size, without that past.
  public internal(set) var size: Size
  /// Its size as it was found, before it was shrunk.
  public let from: Size
  /// How many schedules were tried to shrink it, beside those of the proof.
  public internal(set) var replays: Int
  /// How sure it is that there is no smaller one.
  public internal(set) var minimal: Minimality
  /// The steps that come again for ever, behind those of the schedule; empty where it ends.
  public internal(set) var cycle: [TaskID] = []

  /// The choices that lead to it from the present moment.
  public var choices: [TaskID] { Array(schedule.choices.dropFirst(past)) }
}
