import CorosInsight

// What results say of tasks.

extension ResultType {
  /// How a task has ended.
  package static let exitStatus = ResultType.object([
    .sometimes("exited", .number, "it ended by itself, with this exit code"),
    .sometimes("killed", .truth, "it was killed; always true"),
    .sometimes("failed", .text, "it ended by this error"),
  ])

  /// The state of a task.
  package static let taskState = ResultType.word(TaskWords.states)
}
