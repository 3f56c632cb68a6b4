import CorosFiles
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

/// Quizzes in words and as JSON.
struct QuizWords {
  let sheet: QuizSheet
  let style: Style
  let width: Int

  init(_ sheet: QuizSheet, _ shell: Shell) {
    self.sheet = sheet
    style = shell.style
    width = shell.host.width
  }

  private var exercise: QuizExercise { sheet.exercise }

  /// What must be known to answer: the jobs, the policy, and how ticks are counted.
  var introduction: String {
    var text = style.paint("Quiz \(exercise.seed)", .heading) + ": \(exercise.policy)\n\n"
    var table = TextTable(
      [.init("JOB"), .init("ARRIVES", .right), .init("LENGTH", .right)]
        + (exercise.rule.usesPriority ? [.init("PRIORITY", .right)] : []),
      style: style
    )
    for job in exercise.jobs {
      table.append(
        [.init(job.name, .heading), .init(job.arrival), .init(job.length)]
          + (exercise.rule.usesPriority ? [.init(job.priority)] : [])
      )
    }
    text += table.takeText() + "\n"
    text += wrapped(
      "One job has the CPU in each tick. A job that arrives at tick 3 can run in tick 3 already, and one "
        + "that runs in tick 6 for the last time has ended at tick 7. Of those that arrive together, "
        + "the upper one in the table comes first. " + exercise.rule.rule
    )
    return text
  }

  /// A question with its number.
  func question(_ index: Int) -> String {
    wrapped("\(index + 1). " + sheet.questions[index].text(exercise))
  }

  /// All questions, each with its answer or room for it.
  func questions(withAnswers: Bool) -> String {
    sheet.questions.indices.map { index in
      let answer = sheet.questions[index].answer(exercise).description
      return question(index) + "   "
        + (withAnswers ? style.paint(answer, .good) : "______") + "\n"
    }.joined(separator: "\n")
  }

  /// A hint to the question: where to look, then the rule, then what happened.
  func hint(_ number: Int, to index: Int, isUnicode: Bool) -> String {
    switch number {
    case 1: return sheet.questions[index].nudge(exercise)
    case 2: return "The rule of \(exercise.policy): " + exercise.rule.rule
    default:
      let chart = TimelineChart(
        exercise.rows,
        range: 0..<exercise.end,
        width: width,
        glyphs: isUnicode ? .unicode : .ascii,
        style: style
      )
      return (["What happened:"] + chart.lines + [chart.legend]).joined(separator: "\n")
    }
  }

  func wrapped(_ text: String) -> String {
    TextFlow.wrapped(text, width: width, indent: "")
  }

  // MARK: As JSON

  /// The line that `quiz` prints.
  ///
  /// - Parameters:
  ///   - asked: Which questions.
  ///   - withAnswers: Whether to tell their answers, too.
  ///   - score: The points so far.
  ///   - skipped: The answer of a question that was given up.
  /// - Returns: One object.
  func json(
    asked: Range<Int>,
    withAnswers: Bool = false,
    score: Int = 0,
    skipped: String? = nil
  ) -> JSON {
    [
      "command": "quiz",
      "seed": .unsigned(exercise.seed),
      "policy": .string(exercise.policy),
      "jobs": .array(exercise.jobs.map(json)),
      "questions": .array(asked.map { json($0, withAnswer: withAnswers) }),
      "score": .int(score),
      "points": .int(sheet.questions.count * QuizProgress.points),
      "skipped": .string(skipped),
    ]
  }

  /// The keys of a question.
  static let questionKeys: [ResultKey] = [
    .init("number", .number, "its number, from 1"),
    .init("text", .text, "the question"),
    .init(
      "answer",
      .orNull(.either(.number, .text)),
      "the answer, a number or a name; null unless --answers asks for it"
    ),
  ]

  /// A question; its answer is null unless it is to be told.
  func json(_ index: Int, withAnswer: Bool = false) -> JSON {
    let question = sheet.questions[index]
    var answer = JSON.null
    if withAnswer {
      switch question.answer(exercise) {
      case .number(let number): answer = .int(number)
      case .job(_, let name): answer = .string(name)
      }
    }
    return [
      "number": .int(index + 1), "text": .string(question.text(exercise)), "answer": answer,
    ]
  }

  private func json(_ job: QuizJob) -> JSON {
    var members: [(String, JSON)] = [
      ("name", .string(job.name)), ("at", .int(job.arrival)), ("len", .int(job.length)),
    ]
    if exercise.rule.usesPriority { members.append(("priority", .int(job.priority))) }
    return .object(members)
  }
}
