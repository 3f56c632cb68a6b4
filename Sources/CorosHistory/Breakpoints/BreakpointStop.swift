public import CorosKernel

/// Where breakpoints have stopped a machine, and which.
public struct BreakpointStop: Hashable, Sendable {
  /// The moment at which the machine stands still: the end of the move in which they were hit.
  public let moment: Int
  /// What the clock shows there.
  public let tick: Tick
  /// The hits, one for each breakpoint, by their numbers; at least one.
  public let hits: [BreakpointHit]
}

/// What hit a breakpoint.
public struct BreakpointHit: Hashable, Sendable {
  /// The number of the breakpoint.
  public let breakpoint: Int
  /// The task that it has to do with; the operator, where it is the machine as a whole.
  public let task: TaskID
  /// The tick in which it happened, that of the step; what the clock shows, if it is the clock that came to it.
  public let tick: Tick
  /// What it was.
  public let cause: Cause

  /// What a breakpoint is hit by.
  public enum Cause: Hashable, Sendable {
    /// Something happened to the task, for the first time in this move.
    case event(Event.Action)
    /// The task is in this state, after that one; nil when there was no such task.
    case entered(TaskState.Kind, from: TaskState.Kind?)
    /// The clock has come to a tick, or passed it.
    case reached(Tick)
    /// Nothing can ever run again.
    case deadlock(Deadlock)
    /// The condition holds now.
    case held
    /// The value has changed.
    case changed(from: String, to: String)
  }
}

/// Why a run backwards ended.
public enum BackwardOutcome: Hashable, Sendable {
  /// A breakpoint had been hit there.
  case breakpoint(BreakpointStop)
  /// None had been hit before: this is the first moment.
  case beginning
  /// The condition held, and the machine stands where it stood.
  case interrupted
}
