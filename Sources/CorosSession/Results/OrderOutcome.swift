package import CorosKernel

/// What came of an order to a task.
package enum OrderOutcome: Equatable {
  /// It was carried out.
  case done
  /// There was nothing to do: the task was so already.
  case redundant
  /// The task had ended before.
  case ended(ExitStatus)
  /// There is no such task.
  case unknown

  /// Whether the task was alive.
  package var wasAlive: Bool {
    switch self {
    case .done, .redundant: true
    case .ended, .unknown: false
    }
  }
}
