import CorosInsight
package import CorosKernel

/// A task's id and its name.
package struct NamedTask: Equatable {
  package let tid: TaskID
  /// The name, clipped to fit in a line; empty for an unknown task.
  package let name: String

  package init(_ tid: TaskID, _ scheduler: Scheduler) {
    self.tid = tid
    name = TaskWords.name(of: tid, scheduler)
  }

  /// The id, followed by the name in parentheses if there is one.
  package var text: String { name.isEmpty ? "\(tid)" : "\(tid) (\(name))" }
}
