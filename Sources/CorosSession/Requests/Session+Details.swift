import CorosInsight
package import CorosKernel
package import CorosMachine

/// Everything known about one task.
package struct TaskDetails {
  package let task: TaskInfo
  package let now: Tick
  /// The parent; nil if it is the operator, or has ended.
  package let parent: TaskInfo?
  /// The live children.
  package let children: QueuedTasks
  package let waiters: QueuedTasks
  /// The objects it holds, such as locks.
  package let holds: [ObjectInfo]
  /// The objects that hear of its end, such as its mailbox and its groups.
  package let bonds: [BondInfo]
  /// The position among the ready tasks, from 1; nil if the task is not ready.
  package let place: Int?
  /// The number of bytes the task has written; nil if none of its output is kept.
  package let writtenBytes: Int?
  /// The typed program that it runs, standing at its next act; nil for other tasks.
  package let program: (any SteppedProgram)?
  /// The registers and flags; nil if the task is no thread in assembly.
  package let thread: ThreadState?
  /// Whether what the registers contain is hidden, for the person to predict.
  package let isHidden: Bool

  /// The variables of the program, each with its value; nil for a hidden one.
  package var variables: [(name: String, value: SteppedVariable.Value?)] {
    (program?.variables ?? []).map { ($0.name, isHidden && $0.name != "pc" ? nil : $0.value) }
  }
}

extension Session {
  /// Everything known about a task, in O(n).
  ///
  /// - Returns: Nil if the task does not exist, or is forgotten.
  package func details(of tid: TaskID) -> TaskDetails? {
    let scheduler = scheduler
    guard let task = scheduler.info(tid) else { return nil }
    let children = scheduler.tasks().filter { $0.parent == tid }.map(\.tid)
    let thread = registers(of: tid)
    return TaskDetails(
      task: task,
      now: scheduler.now,
      parent: scheduler.info(task.parent),
      children: QueuedTasks(children, in: scheduler),
      waiters: QueuedTasks(task.waiters, in: scheduler),
      holds: scheduler.held(by: tid),
      bonds: scheduler.bonds(of: tid),
      place: task.state == .ready
        ? scheduler.readyQueue.firstIndex(of: tid).map { $0 + 1 } : nil,
      writtenBytes: recorders.outputs[tid]?.writtenBytes,
      program: scheduler.steppedProgram(of: tid),
      thread: thread,
      isHidden: thread != nil && hidesMachineValues
    )
  }
}
