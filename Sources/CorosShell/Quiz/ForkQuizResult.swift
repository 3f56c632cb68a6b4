import CorosInsight
import CorosLanguage
import CorosSession

/// What to show of a quiz about forks.
struct ForkQuizResult: CommandResult, ResultObject {
  let quiz: ForkQuiz
  let page: Page

  enum Page {
    /// All questions, for a handout.
    case handout(withAnswers: Bool)
    /// The open question.
    case question
    /// The answer to a skipped question, and the next question.
    case givenUp(Int)
    /// The end of the quiz.
    case stopped
  }

  static let occasion = "Of a quiz about forks:"
  static let fields: [ResultField<Self>] = [
    ResultField("seed", .number, "the seed of the quiz") { .unsigned($0.quiz.seed) },
    .objects(
      "questions",
      "the open question, or all with --sheet or --answers; none after `quiz stop`",
      \.questions
    ),
    .number("score", "the points so far", \.quiz.score),
    .number("points", "the maximum number of points", \.quiz.mostPoints),
    .textOrNull("skipped", "the answer to the question that `quiz next` skipped", \.skipped),
  ]

  private var questions: [AskedQuestion] {
    switch page {
    case .handout(let withAnswers):
      quiz.actions.indices.map { AskedQuestion($0, of: quiz, tellsAnswer: withAnswers) }
    case .question, .givenUp: AskedQuestion(openIn: quiz).map { [$0] } ?? []
    case .stopped: []
    }
  }

  private var skipped: String? {
    if case .givenUp(let index) = page { quiz.answer(index) } else { nil }
  }

  func text(in look: Look) -> String {
    let words = ForkQuizWords(quiz, look)
    switch page {
    case .handout(let withAnswers):
      return words.introduction + words.questions(withAnswers: withAnswers)
    case .question:
      return words.introduction + words.question(quiz.current)
        + TextFlow.wrapped(
          "`answer X` answers with \(quiz.form); `hint` helps, `quiz next` goes on.",
          width: look.width,
          indent: ""
        )
    case .givenUp(let index):
      return "The answer to question \(index + 1) is \(quiz.answer(index)).\n" + words.continuation
    case .stopped:
      return "stopped at question \(quiz.current + 1), with "
        + "\(quiz.score) of \(quiz.mostPoints) points\n"
    }
  }
}
