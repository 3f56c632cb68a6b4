public import CorosKernel

/// One thing that was done with a time machine.
///
/// A machine that is taken through the entries in order, from its first moment, comes to stand where the
/// one stands that wrote them; which action a label stands for is the affair of whoever chose the labels.
public enum JournalEntry: Hashable, Sendable {
  /// An action, and the moment at which it was done.
  case act(String, at: Int)
  /// Moves, up to a moment, at which the clock shows this tick.
  case advance(to: Int, tick: Tick)
  /// A move in which nobody ran and the clock was not to pass a limit.
  case jump(limit: Tick)
  /// A journey to a moment.
  case go(to: Int)
  /// A journey to the end of a branch.
  case branch(Int)
  /// A bookmark of this name, at the present moment.
  case bookmark(String)
  /// A replay of a schedule, from the first moment.
  case replay(Schedule)
}
