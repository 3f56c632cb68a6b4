package import CorosKernel

/// A list of lines that several tasks append to, in the order in which they run.
package final class Notes {
  package private(set) var lines: [String] = []

  package init() {}

  package func add(_ line: String) { lines.append(line) }
}

extension EventLog {
  /// The lines that tasks wrote.
  package var output: [String] {
    events.compactMap { if case .wrote(let text) = $0.action { text } else { nil } }
  }

  /// The events of one task, without numbers.
  package func actions(of tid: TaskID) -> [Event.Action] {
    events.filter { $0.task == tid }.map(\.action)
  }

  /// The tasks in the order in which they were dispatched.
  package var dispatches: [TaskID] {
    events.filter { $0.action == .dispatched }.map(\.task)
  }
}
