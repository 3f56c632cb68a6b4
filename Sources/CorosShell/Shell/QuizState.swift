import CorosInsight

/// The quiz in progress in a shell, and how many there have been.
struct QuizState {
  /// Nil if no quiz is in progress.
  var progress: QuizProgress?
  /// Nil if no quiz about forks is in progress.
  var forks: ForkQuiz?
  /// The number of quizzes that were started without a seed.
  private var count: UInt64 = 0

  /// The number of the next quiz without a seed, from 1.
  mutating func takeNumber() -> UInt64 {
    count += 1
    return count
  }
}
