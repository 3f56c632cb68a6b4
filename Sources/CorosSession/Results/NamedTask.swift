import CorosInsight
package import CorosKernel

/// A task's id, and what it is called.
package struct NamedTask: Equatable {
  package let tid: TaskID
  /// Its name, cut to what a line can hold; empty for a task that is not known.
  package let name: String

  package init(_ tid: TaskID, _ scheduler: Scheduler) {
    self.tid = tid
    name = TaskWords.name(of: tid, scheduler)
  }

  /// The name in parentheses behind the id; the id alone where there is no name.
  package var text: String { name.isEmpty ? "\(tid)" : "\(tid) (\(name))" }
}
