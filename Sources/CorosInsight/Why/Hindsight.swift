package import CorosKernel

/// What an explanation asks of the past.
package protocol Hindsight {
  /// What has happened to some tasks.
  func inquiry(about tasks: [TaskInfo], _ scheduler: Scheduler) throws(Interrupted) -> Inquiry

  /// The tick in which a task last had the CPU; nil if it never did.
  func lastRun(of task: TaskID) -> Tick?

  /// The choice that gave a task the CPU for its last step; nil if that cannot be found out.
  func choice(beforeLastRunOf task: TaskID) throws(Interrupted) -> PastChoice?

  /// The choice that came after a task's last step; nil if that cannot be found out.
  func choice(afterLastRunOf task: TaskID) throws(Interrupted) -> NextChoice?
}
