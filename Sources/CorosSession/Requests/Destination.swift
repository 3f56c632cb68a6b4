package import CorosKernel

/// Where a journey through time is to lead.
package enum Destination: Equatable {
  /// So many steps back, or to the beginning.
  case back(Int)
  /// So many steps forward along the recorded future, or to its end.
  case forward(Int)
  /// The last moment at a tick or before it.
  case tick(Tick)
  case bookmark(String)
  /// Before the last step of a task.
  case lastStep(of: TaskID)
  /// The end of a branch.
  case branch(Int)
}

/// Why there is no such destination.
package enum Unreachable: Equatable {
  /// Nothing lies before the present moment.
  case beginning
  /// Nothing is recorded beyond the present moment.
  case end
  /// Nothing is recorded of the tick.
  case tick(Tick, last: Tick)
  /// No bookmark has the name.
  case bookmark(String, known: [String])
  /// The task has not run before the present tick.
  case lastStep(of: TaskID, before: Tick)
  /// No branch has the number.
  case branch(Int)
}
