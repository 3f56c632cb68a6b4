/// The executor that catches tasks on their way into the kernel.
///
/// A task traps by hopping to the `Door` actor. The hop puts the task's job here; nothing runs it until
/// the kernel resumes the task, and so the task is suspended, and the kernel owns it.
///
/// Unchecked Sendable: only the resuming thread hops here, since bodies run nowhere else.
final class DoorExecutor: SerialExecutor, @unchecked Sendable {
  @exclusivity(unchecked) private var caught: UnownedJob?

  func enqueue(_ job: consuming ExecutorJob) {
    enqueue(UnownedJob(job))
  }

  func enqueue(_ job: UnownedJob) {
    caught = job
  }

  /// Takes the job that was caught by the last run, if one was: a run ends at its first hop.
  func takeJob() -> UnownedJob? {
    let job = caught
    caught = nil
    return job
  }

  func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    UnownedSerialExecutor(complexEquality: self)
  }

  func isSameExclusiveExecutionContext(other: DoorExecutor) -> Bool {
    true
  }

  func isIsolatingCurrentContext() -> Bool? {
    true
  }

  func checkIsolated() {}
}
