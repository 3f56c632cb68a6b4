package import CorosInsight
package import CorosKernel

extension Session {
  /// Says why a task runs or does not; what is past is looked up in the history, which may take a while.
  ///
  /// - Parameters:
  ///   - tid: The task.
  ///   - tellsChoice: Whether to say also why it, and not another, had the CPU when it ran last.
  /// - Returns: The explanation; nil when there is no such task, or it is forgotten.
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
