package import CorosKernel
package import CorosLanguage

/// What an expression can ask of the past.
package protocol PastView {
  /// How often the CPU was taken from a task that could have gone on.
  func preemptions(of task: TaskID) throws(ExpressionError) -> Int

  /// The last line that a task has written; nil if none is kept.
  func lastOutput(of task: TaskID) -> String?
}
