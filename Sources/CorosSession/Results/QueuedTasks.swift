import CorosInsight
package import CorosKernel

/// Tasks in the order of a queue.
package struct QueuedTasks: Equatable {
  package let tids: [TaskID]
  /// What is known of the first: of as many as a person is told of.
  package let first: [TaskInfo]

  init(_ tids: [TaskID], in scheduler: Scheduler) {
    self.tids = tids
    first = tids.prefix(TaskWords.mostListed).compactMap { scheduler.info($0) }
  }
}
