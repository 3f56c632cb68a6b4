import CorosInsight
package import CorosKernel

/// Tasks in the order of a queue.
package struct QueuedTasks: Equatable {
  package let tids: [TaskID]
  /// The first tasks: as many as a text lists.
  package let first: [TaskInfo]

  init(_ tids: [TaskID], in scheduler: Scheduler) {
    self.tids = tids
    first = tids.prefix(TaskWords.mostListed).compactMap { scheduler.info($0) }
  }
}
