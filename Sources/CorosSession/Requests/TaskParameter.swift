import CorosKernel

/// A number of a task's that some of the policies mind.
package enum TaskParameter: String, CaseIterable, Sendable {
  case nice
  case tickets
  case priority

  /// What it may be.
  package var range: ClosedRange<Int> {
    switch self {
    case .nice: SchedulingParameters.niceValues
    case .tickets: SchedulingParameters.ticketCounts
    case .priority: SchedulingParameters.priorities
    }
  }

  /// What such a number is called, with its article.
  package var meaning: String {
    switch self {
    case .nice: "a nice value"
    case .tickets: "a number of tickets"
    case .priority: "a priority"
    }
  }
}
