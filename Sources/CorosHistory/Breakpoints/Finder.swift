public import CorosKernel

/// A recorder that finds something now and then, such as a likely mistake, so that a breakpoint can stop there.
///
/// See ``StopPoint/finds(_:)``.
public protocol Finder: Recorder {
  /// How often it has found something of a kind.
  func findingCount(of kind: String) -> Int

  /// What it found last of a kind.
  ///
  /// - Parameters:
  ///   - kind: the kind.
  ///   - scheduler: the machine, for the names of tasks.
  /// - Returns: the task concerned, and a sentence without a full stop; nil when it has found nothing.
  func lastFinding(of kind: String, _ scheduler: Scheduler) -> (task: TaskID, text: String)?
}
