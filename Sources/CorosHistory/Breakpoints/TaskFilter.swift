public import CorosKernel

/// Which tasks a breakpoint is about.
public enum TaskFilter: Hashable, Sendable {
  /// Every task.
  case any
  /// One task.
  case task(TaskID)
  /// Every task of this name. Default name: the program's.
  case named(String)

  /// Whether a task is one of them; its name is evaluated only where it counts.
  func contains(_ task: TaskID, _ name: () -> String?) -> Bool {
    switch self {
    case .any: true
    case .task(let wanted): wanted == task
    case .named(let wanted): wanted == name()
    }
  }
}

extension TaskFilter: ExpressibleByIntegerLiteral {
  /// Lets a number stand for one task.
  public init(integerLiteral value: Int) {
    self = .task(TaskID(rawValue: value))
  }
}

extension TaskFilter: ExpressibleByStringLiteral {
  /// Lets a text stand for the tasks of that name.
  public init(stringLiteral value: String) {
    self = .named(value)
  }
}
