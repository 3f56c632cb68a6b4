public import CorosKernel

/// Where breakpoints stopped a machine, and which ones.
public struct BreakpointStop: Hashable, Sendable {
  /// The moment: the end of the move in which they were hit.
  public let moment: Int
  /// The tick of that moment.
  public let tick: Tick
  /// The hits, one for each breakpoint, by their numbers; at least one.
  public let hits: [BreakpointHit]
}

/// What hit a breakpoint.
public struct BreakpointHit: Hashable, Sendable {
  /// The number of the breakpoint.
  public let breakpoint: Int
  /// The task concerned; the operator for the machine as a whole.
  public let task: TaskID
  /// The tick in which it happened: the step's, or that at which the clock arrived.
  public let tick: Tick
  /// What hit it.
  public let cause: Cause

  /// What can hit a breakpoint.
  public enum Cause: Hashable, Sendable {
    /// An event of the task, the first one in this move.
    case event(Event.Action)
    /// The task entered this state, from that one; nil when there was no such task.
    case entered(TaskState.Kind, from: TaskState.Kind?)
    /// The clock reached a tick, or passed it.
    case reached(Tick)
    /// No task can ever run again.
    case deadlock(Deadlock)
    /// A recorder found something; what it was, in words.
    case found(String)
    /// The condition became true.
    case held
    /// The value changed.
    case changed(from: String, to: String)
  }
}

/// Why a run backward ended.
public enum BackwardOutcome: Hashable, Sendable {
  /// A breakpoint was hit there.
  case breakpoint(BreakpointStop)
  /// No breakpoint was hit before: this is the first moment.
  case beginning
  /// The condition held; the machine stays where it was.
  case interrupted
}
