import CorosInsight
package import CorosKernel

/// All that is known of one task.
package struct TaskDetails {
  package let task: TaskInfo
  package let now: Tick
  /// Who created it; nil when that is the operator, or has ended.
  package let parent: TaskInfo?
  /// Those that live.
  package let children: QueuedTasks
  package let waiters: QueuedTasks
  /// Its place among the ready tasks, from 1; nil when it is not ready.
  package let place: Int?
  /// How much it has written; nil when nothing of it is kept.
  package let writtenBytes: Int?
}

extension Session {
  /// Tells all about a task, in O(n).
  ///
  /// - Returns: Nil when there is no such task, or it is forgotten.
  package func details(of tid: TaskID) -> TaskDetails? {
    let scheduler = scheduler
    guard let task = scheduler.info(tid) else { return nil }
    let children = scheduler.tasks().filter { $0.parent == tid }.map(\.tid)
    return TaskDetails(
      task: task,
      now: scheduler.now,
      parent: scheduler.info(task.parent),
      children: QueuedTasks(children, in: scheduler),
      waiters: QueuedTasks(task.waiters, in: scheduler),
      place: task.state == .ready
        ? scheduler.readyQueue.firstIndex(of: tid).map { $0 + 1 } : nil,
      writtenBytes: recorders.outputs[tid]?.writtenBytes
    )
  }
}
