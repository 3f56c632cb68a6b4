import CorosInsight
import CorosLanguage
import CorosSession
import CorosShell

/// What to show of a quiz about jobs.
struct JobQuizResult: CommandResult, ResultObject {
  let sheet: QuizSheet
  let page: Page

  /// What to show of a quiz.
  enum Page {
    /// All questions, for a handout.
    case handout(withAnswers: Bool)
    /// The open question.
    case question(QuizProgress)
    /// The answer to a skipped question, and the next question.
    case givenUp(Int, next: QuizProgress)
    /// The end of the quiz.
    case stopped(QuizProgress)
  }

  static let fields: [ResultField<Self>] = [
    ResultField("seed", .number, "the seed of the quiz") {
      .unsigned($0.sheet.exercise.seed)
    },
    .text("policy", "the policy, with its settings", \.sheet.exercise.policy),
    .objects("jobs", "the jobs, in their order in the table", \.jobs),
    .objects(
      "questions",
      "the open question, or all with --sheet or --answers; none after `quiz stop`",
      \.questions
    ),
    .number("score", "the points so far", \.score),
    .number("points", "the maximum number of points") {
      $0.sheet.questions.count * QuizTally.points
    },
    .textOrNull("skipped", "the answer to the question that `quiz next` skipped", \.skipped),
  ]

  private var jobs: [Job] {
    sheet.exercise.jobs.map {
      Job(job: $0, hasPriority: sheet.exercise.rule.usesPriority)
    }
  }

  private var questions: [AskedQuestion] {
    switch page {
    case .handout(let withAnswers):
      sheet.questions.indices.map { AskedQuestion($0, of: sheet, tellsAnswer: withAnswers) }
    case .question(let progress), .givenUp(_, let progress):
      AskedQuestion(openIn: progress).map { [$0] } ?? []
    case .stopped: []
    }
  }

  private var score: Int {
    switch page {
    case .handout: 0
    case .question(let progress), .givenUp(_, let progress), .stopped(let progress):
      progress.score
    }
  }

  private var skipped: String? {
    guard case .givenUp(let index, _) = page else { return nil }
    return sheet.questions[index].answer(sheet.exercise).description
  }

  func text(in look: Look) -> String {
    let words = QuizWords(sheet, look)
    switch page {
    case .handout(let withAnswers):
      return words.introduction + "\n" + words.questions(withAnswers: withAnswers)
    case .question(let progress):
      return words.introduction + "\n" + words.question(progress.current)
        + words.wrapped(
          "`answer X` answers, `hint` helps, `quiz next` goes on, `quiz stop` ends."
        )
    case .givenUp(let index, let next):
      return words.wrapped("The answer to question \(index + 1) is \(skipped ?? "").")
        + words.continuation(of: next)
    case .stopped(let progress):
      return words.wrapped(
        "stopped at question \(progress.current + 1), with "
          + "\(progress.score) of \(progress.mostPoints) points"
      )
    }
  }
}

private struct Job: ResultObject {
  let job: QuizJob
  /// Whether the policy uses the priority.
  let hasPriority: Bool

  static let fields: [ResultField<Self>] = [
    .text("name", "its name", \.job.name),
    .number("at", "when it arrives", \.job.arrival),
    .number("len", "the ticks of CPU that it needs", \.job.length),
    .sometimes("priority", .number, "its priority, if the policy uses priorities") {
      $0.hasPriority ? .int($0.job.priority) : nil
    },
  ]
}
