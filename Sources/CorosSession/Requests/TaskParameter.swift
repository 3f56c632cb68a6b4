import CorosKernel

/// A number that some policies use for a task.
package enum TaskParameter: String, CaseIterable, Sendable {
  case nice
  case tickets
  case priority

  /// The possible values.
  package var range: ClosedRange<Int> {
    switch self {
    case .nice: SchedulingParameters.niceValues
    case .tickets: SchedulingParameters.ticketCounts
    case .priority: SchedulingParameters.priorities
    }
  }

  /// The name of such a value, with its article.
  package var meaning: String {
    switch self {
    case .nice: "a nice value"
    case .tickets: "a number of tickets"
    case .priority: "a priority"
    }
  }
}
