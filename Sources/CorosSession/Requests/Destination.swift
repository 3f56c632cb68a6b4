package import CorosKernel

/// The destination of a journey through time.
package enum Destination: Equatable {
  /// A number of steps back, or the beginning.
  case back(Int)
  /// A number of steps forward along the recorded future, or its end.
  case forward(Int)
  /// The last moment at a tick, or before it.
  case tick(Tick)
  case bookmark(String)
  /// Before the last step of a task.
  case lastStep(of: TaskID)
  /// The end of a branch.
  case branch(Int)
}

/// Why a destination cannot be reached.
package enum Unreachable: Equatable {
  /// Nothing lies before the present moment.
  case beginning
  /// Nothing is recorded beyond the present moment.
  case end
  /// Nothing is recorded for the tick.
  case tick(Tick, last: Tick)
  /// No bookmark has the name.
  case bookmark(String, known: [String])
  /// The task has not run before the present tick.
  case lastStep(of: TaskID, before: Tick)
  /// No branch has the number.
  case branch(Int)
}
