package import CorosHistory
package import CorosKernel

/// Why a request to a session came to nothing.
package enum RequestFailure: Error, Equatable {
  /// The person has asked for it to end.
  case interrupted
  /// The tasks that it ran are in a deadlock.
  case deadlock(Deadlock)
  /// The tasks that it ran can go no further.
  case stalled(RunOutcome)
  /// The kernel refused it.
  case refused(String)
  /// The arguments of a program are wrong.
  case badArguments(ProgramArgumentError)
  /// There cannot be so many more tasks.
  case noRoom(for: Int, room: Int)
  /// There is no such moment to go to.
  case unreachable(Unreachable)
  /// The past does not come out as it was.
  case diverged(Divergence)

  /// The failure of a run that was to come to something, and stopped before it.
  package init(_ outcome: RunOutcome) {
    self =
      switch outcome {
      case .deadlock(let deadlock): .deadlock(deadlock)
      case .conditionMet: .interrupted
      default: .stalled(outcome)
      }
  }
}
