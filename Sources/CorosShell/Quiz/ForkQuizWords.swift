import CorosInsight

/// The texts of a quiz about forks.
struct ForkQuizWords {
  let quiz: ForkQuiz
  let style: Style
  let width: Int

  init(_ quiz: ForkQuiz, _ look: Look) {
    self.quiz = quiz
    style = look.style
    width = look.width
  }

  /// What one needs to know to answer.
  var introduction: String {
    style.paint("Quiz \(quiz.seed)", .heading) + ": forks\n\n"
      + TextFlow.wrapped(
        "A process forks others, or exits; the root takes in the children of one that exits, with all that is below "
          + "them, at the end of its list.",
        width: width,
        indent: ""
      ) + "\n"
  }

  /// A question with its number.
  func question(_ index: Int) -> String { "\(index + 1). \(quiz.text(index))\n" }

  /// All questions, each with its answer or space for it.
  func questions(withAnswers: Bool) -> String {
    quiz.actions.indices.map { index in
      question(index) + "   " + (withAnswers ? style.paint(quiz.answer(index), .good) : "______")
        + "\n"
    }.joined(separator: "\n")
  }

  /// The open question, or the end.
  var continuation: String {
    if quiz.isOpen { return question(quiz.current) }
    return
      "That was the last one: \(quiz.score) of \(quiz.mostPoints) points. `quiz forks` begins another.\n"
  }
}
