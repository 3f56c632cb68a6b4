package import CorosHistory
package import CorosKernel

/// Why a request to a session failed.
package enum RequestFailure: Error, Equatable {
  /// The user interrupted it.
  case interrupted
  /// The tasks that it ran are deadlocked.
  case deadlock(Deadlock)
  /// The tasks that it ran cannot continue.
  case stalled(RunOutcome)
  /// The kernel refused it.
  case refused(String)
  /// It is done without the world, and this needs the world.
  case reachesOutside(String)
  /// The arguments of a program are wrong.
  case badArguments(ProgramArgumentError)
  /// The limit does not allow that many more tasks.
  case noRoom(for: Int, room: Int)
  /// The destination does not exist.
  case unreachable(Unreachable)
  /// The replay diverged from the recorded history.
  case diverged(Divergence)

  /// The failure of a run that stopped before it reached its goal.
  package init(_ outcome: RunOutcome) {
    self =
      switch outcome {
      case .deadlock(let deadlock): .deadlock(deadlock)
      case .conditionMet: .interrupted
      default: .stalled(outcome)
      }
  }
}
