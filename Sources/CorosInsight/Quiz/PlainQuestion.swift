/// A question in words, and how an answer to it is judged.
package struct PlainQuestion: Sendable {
  /// What an answer is.
  package enum Verdict: Equatable, Sendable {
    case right
    case wrong
    /// It cannot be an answer.
    case senseless
  }

  /// The question, with all that it is about.
  package let text: String
  /// A right answer.
  package let answer: String
  /// The form of an answer: `an action, such as a+b`.
  package let form: String
  /// Help, from a nudge to nearly the answer.
  package let hints: [String]
  private let judge: @Sendable (String) -> Verdict

  /// Describes a question.
  ///
  /// - Parameters:
  ///   - text: The question.
  ///   - answer: A right answer.
  ///   - form: The form of an answer.
  ///   - hints: As many as a quiz gives: ``QuizTally/hintCount``.
  ///   - judge: Judges an answer as typed.
  package init(
    _ text: String,
    answer: String,
    form: String,
    hints: [String],
    judge: @escaping @Sendable (String) -> Verdict
  ) {
    self.text = text
    self.answer = answer
    self.form = form
    self.hints = hints
    self.judge = judge
  }

  /// Judges an answer as typed.
  func verdict(on answer: String) -> Verdict { judge(answer) }
}
