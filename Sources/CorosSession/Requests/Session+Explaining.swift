package import CorosInsight
package import CorosKernel

extension Session {
  /// Explains why a task runs or does not run; replays the relevant part of the history, which may take a
  /// while.
  ///
  /// - Parameters:
  ///   - tid: The task.
  ///   - tellsChoice: Whether to explain as well why this task, and not another, had the CPU when it last
  ///     ran.
  /// - Returns: The explanation; nil if the task does not exist, or is forgotten.
  /// - Throws: `RequestFailure.interrupted`.
  package func explain(
    _ tid: TaskID,
    tellsChoice: Bool = false
  ) throws(RequestFailure) -> Explanation? {
    guard let task = scheduler.info(tid) else { return nil }
    do throws(Interrupted) {
      return try Explanation(
        of: task,
        on: machine,
        tellsChoice: tellsChoice,
        isInterrupted: isInterrupted
      )
    } catch {
      throw .interrupted
    }
  }
}
