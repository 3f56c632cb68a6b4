import CorosKernel

extension TaskState {
  /// The colour in which the state is shown.
  package var role: Style.Role {
    switch self {
    case .ready, .running: .good
    case .new, .waiting, .sleeping, .stopped: .waiting
    case .exited(.exited(0)): .faint
    case .exited: .bad
    }
  }
}
