public import CorosKernel

/// One thing that was done with a time machine.
///
/// A machine that repeats the entries in order, from its first moment, arrives where the machine that wrote
/// them stands. What a label stands for is known to the code that chose it.
public enum JournalEntry: Hashable, Sendable {
  /// An act, and the moment at which it was done.
  case act(String, at: Int)
  /// Something came in from outside, and the moment at which it did.
  case incoming(IncomingLine, at: Int)
  /// Moves up to a moment, at which the clock shows this tick.
  case advance(to: Int, tick: Tick)
  /// A move in which no task ran, and the limit that the clock was not to pass.
  case jump(limit: Tick)
  /// Going to a moment.
  case go(to: Int)
  /// Going to the end of a branch.
  case branch(Int)
  /// A bookmark of this name, at the present moment.
  case bookmark(String)
  /// Running by a schedule, from the first moment.
  case reschedule(Schedule)
}
