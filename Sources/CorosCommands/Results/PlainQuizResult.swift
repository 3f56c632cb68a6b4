import CorosInsight
import CorosLanguage
import CorosMachine
import CorosSession
import CorosShell

/// What to show of a quiz of questions in words.
struct PlainQuizResult: CommandResult, ResultObject {
  let quiz: PlainQuiz
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

  static let occasion = "Of a quiz about forks, or about a program in assembly:"
  static let fields: [ResultField<Self>] = [
    ResultField("seed", .number, "the seed of the quiz") { .unsigned($0.quiz.seed) },
    .objects(
      "questions",
      "the open question, or all with --sheet or --answers; none after `quiz stop`",
      \.questions
    ),
    .number("score", "the points so far", \.quiz.progress.score),
    .number("points", "the maximum number of points", \.quiz.progress.mostPoints),
    .textOrNull("skipped", "the answer to the question that `quiz next` skipped", \.skipped),
    .sometimes(
      "trace",
      .objects(TracedStep.keys),
      "of a program: its instructions in the order in which they ran"
    ) { $0.trace.map { .array($0.map(\.json)) } },
  ]

  private var withAnswers: Bool {
    if case .handout(withAnswers: true) = page { true } else { false }
  }

  private var questions: [AskedQuestion] {
    switch page {
    case .handout(let withAnswers):
      quiz.progress.questions.indices.map {
        AskedQuestion($0, of: quiz.progress, tellsAnswer: withAnswers)
      }
    case .question, .givenUp: AskedQuestion(openIn: quiz.progress).map { [$0] } ?? []
    case .stopped: []
    }
  }

  private var skipped: String? {
    if case .givenUp(let index) = page { quiz.progress.questions[index].answer } else { nil }
  }

  private var trace: [TracedStep]? {
    guard case .program(let program) = quiz.subject else { return nil }
    return program.trace.map { TracedStep(step: $0, tellsValue: withAnswers) }
  }

  func text(in look: Look) -> String {
    let words = PlainQuizWords(quiz, look)
    switch page {
    case .handout(let withAnswers):
      return words.introduction(withAnswers: withAnswers)
        + words.questions(withAnswers: withAnswers)
    case .question:
      return words.introduction() + words.question(quiz.progress.current)
        + words.wrapped(
          "`answer X` answers with \(quiz.question.form); `hint` helps, `quiz next` goes on."
        )
    case .givenUp(let index):
      return words.wrapped("The answer to question \(index + 1) is \(skipped ?? "").")
        + words.continuation
    case .stopped:
      return "stopped at question \(quiz.progress.current + 1), with "
        + "\(quiz.progress.score) of \(quiz.progress.mostPoints) points\n"
    }
  }
}

/// An instruction in the trace of a quiz.
private struct TracedStep: ResultObject {
  let step: TracedInstruction
  /// Whether the value is shown.
  let tellsValue: Bool

  static let fields: [ResultField<Self>] = [
    .number("thread", "its thread, from 1") { $0.step.thread + 1 },
    .number("line", "its line in the program", \.step.line),
    .text("does", "the instruction", \.step.words),
    .textOrNull("changes", "the register or variable that it changes; null for none") {
      $0.step.change?.place
    },
    .numberOrNull("to", "what that contains then; null unless --answers asks for it") {
      $0.tellsValue ? $0.step.change?.after : nil
    },
  ]
}
