import CorosInsight

/// The quiz that goes on in a shell, and how many there were.
struct QuizState {
  /// Nil when none goes on.
  var progress: QuizProgress?
  /// How many quizzes there were without a seed of their own.
  private var count: UInt64 = 0

  /// The number of the next quiz without a seed of its own, from 1.
  mutating func takeNumber() -> UInt64 {
    count += 1
    return count
  }
}
