package import CorosInsight

/// The quiz in progress in a shell, and how many there have been.
package struct QuizState {
  /// The quiz about jobs; nil if none is in progress.
  package var progress: QuizProgress?
  /// The quiz of questions in words, about forks or a program; nil if none is in progress.
  package var plain: PlainQuiz?
  /// The number of quizzes that were started without a seed.
  private var count: UInt64 = 0

  /// The number of the next quiz without a seed, from 1.
  package mutating func takeNumber() -> UInt64 {
    count += 1
    return count
  }
}
