import CorosInsight
import CorosKernel
import CorosLanguage
import CorosLessons
import CorosSession
import CorosShell

extension Commands {
  /// Answers the question of a quiz.
  enum Answer: SimpleCommand {
    static let manual = Manual(
      name: "answer",
      summary: "answer the question of a quiz or a lesson",
      usage: "answer X ...",
      group: .learning,
      details: """
        In a quiz, X is a number, the name of a job, or `none`; in a quiz about forks, a tree such as a(b(c),d), or \
        an action such as b-. A right answer earns the points that the question is \
        still worth, and leads to the next question. In a lesson, X is what its task asks for: one number or several, \
        a letter, a tree; `lesson next` goes on. A wrong answer costs a point, and you may try again. An answer that \
        makes no sense costs nothing.
        """,
      example: "answer 14",
      seeAlso: ["quiz", "lesson", "hint"],
      completion: [.nothing]
    )

    static let reference = Reference(
      notes: "A wrong answer is not a failure of the command.",
      demonstration: ["quiz --seed 42", "answer 1", "answer 15"]
    )

    typealias Result = EitherResult<QuizResult, CheckedTask>

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      if let quiz = shell.quiz.plain { return .first(try answer(quiz, invocation, shell)) }
      if shell.quiz.progress == nil, shell.desk.open != nil {
        return .second(try answerTask(invocation, shell))
      }
      return .first(try answerQuestion(invocation, shell))
    }

    private static func answerTask(
      _ invocation: Invocation,
      _ shell: Shell
    ) throws(CommandFailure) -> CheckedTask {
      let (lesson, open) = try shell.openLesson(invocation)
      let judge = shell.judge(lesson, open.task)
      let form = AnswerForm(judge.task)
      guard judge.task.kind.isAnswered else {
        throw CommandFailure(
          "the answer to this task is the machine",
          at: invocation.name.range,
          hint: "`lesson` shows the task, and `check` checks it"
        )
      }
      guard let first = invocation.arguments.first, let last = invocation.arguments.last else {
        throw CommandFailure(
          "answer needs your answer",
          at: invocation.name.range,
          hint: form.words
        )
      }
      let place = first.range.lowerBound..<last.range.upperBound
      let text = invocation.arguments.map(\.text).joined(separator: " ")
      guard let answer = form.normalized(text) else {
        throw CommandFailure(
          "'\(excerpt(of: text))' cannot be the answer",
          at: place,
          hint: "the answer is \(form.words)"
        )
      }
      do throws(ForkError) {
        let verdict = try judge.verdict(answer: answer)
        if !verdict.isPassed { shell.noteCost { $0.wrong += 1 } }
        let points = verdict.isPassed ? shell.notePassed(answer: answer) : 0
        return CheckedTask(lesson, open.task, verdict, points: points, shell.lessonPack)
      } catch {
        throw CommandFailure(error.message, at: place, hint: error.hint)
      }
    }

    private static func answerQuestion(
      _ invocation: Invocation,
      _ shell: Shell
    ) throws(CommandFailure) -> QuizResult {
      try invocation.allow(atMost: 1, manual)
      var progress = try shell.openQuiz(invocation)
      let exercise = progress.sheet.exercise
      let question = progress.sheet.questions[progress.current]
      guard let word = invocation.arguments.first else {
        throw CommandFailure(
          "answer needs your answer",
          at: invocation.name.range,
          hint: question.form(exercise)
        )
      }
      guard let answer = question.parse(word.text, exercise) else {
        throw CommandFailure(
          "'\(excerpt(of: word.text))' cannot be the answer",
          at: word.range,
          hint: "the answer is \(question.form(exercise))"
        )
      }
      let index = progress.current
      let points = progress.check(answer)
      shell.quiz.progress = progress.question == nil ? nil : progress
      return QuizResult(
        index: index,
        points: points,
        score: progress.score,
        next: points == nil ? nil : AskedQuestion(openIn: progress)
      ) { look in
        let words = QuizWords(progress.sheet, look)
        guard let points else { return words.wrapped(wrong(progress.worth)) }
        return "Right: \(counted(points, "point")).\n" + words.continuation(of: progress)
      }
    }

    /// Answers a question in words.
    private static func answer(
      _ quiz: PlainQuiz,
      _ invocation: Invocation,
      _ shell: Shell
    ) throws(CommandFailure) -> QuizResult {
      guard let first = invocation.arguments.first else {
        throw CommandFailure(
          "answer needs your answer",
          at: invocation.name.range,
          hint: quiz.question.form
        )
      }
      var quiz = quiz
      let (index, form) = (quiz.progress.current, quiz.question.form)
      let points: Int?
      switch quiz.progress.check(invocation.arguments.map(\.text).joined()) {
      case .right(let number): points = number
      case .wrong: points = nil
      case .senseless:
        throw CommandFailure(
          "'\(excerpt(of: first.text))' cannot be the answer",
          at: first.range,
          hint: "the answer is \(form)"
        )
      }
      shell.quiz.plain = quiz.progress.isOpen ? quiz : nil
      return QuizResult(
        index: index,
        points: points,
        score: quiz.progress.score,
        next: points == nil ? nil : AskedQuestion(openIn: quiz.progress)
      ) { look in
        guard let points else { return wrong(quiz.progress.worth) + "\n" }
        return "Right: \(counted(points, "point")).\n" + PlainQuizWords(quiz, look).continuation
      }
    }

    private static func wrong(_ worth: Int) -> String {
      "No. " + (worth > 0 ? "Try again, or ask for a `hint`." : "Try again.")
    }

    struct QuizResult: CommandResult, ResultObject {
      static let occasion = "In a quiz:"

      /// The question that was answered, from 0.
      let index: Int
      /// The points for the answer; nil if it is wrong.
      let points: Int?
      /// The points so far.
      let score: Int
      let next: AskedQuestion?
      let reply: (Look) -> String

      static let fields: [ResultField<Self>] = [
        .number("question", "the question that was answered") { $0.index + 1 },
        .truth("right", "whether the answer is right") { $0.points != nil },
        .number("points", "the points for this answer") { $0.points ?? 0 },
        .number("score", "the points so far", \.score),
        .objectOrNull(
          "next",
          "the next question; null after a wrong answer, and after the last",
          \.next
        ),
      ]

      func text(in look: Look) -> String { reply(look) }
    }
  }
}
