import CorosInsight

/// The states of tasks that a page shows: the words of `ps`, and waiting for a lock, which has a shape of its own.
enum PageStates {
  static let locked = TaskWords.states.count

  /// Each state: the word of `ps`, and the words of a legend.
  static let all: [[String]] =
    TaskWords.states.map { [$0, TimelineState(rawValue: $0)?.legend ?? "ended"] }
    + [["waiting", TimelineState.locked.legend]]
}
