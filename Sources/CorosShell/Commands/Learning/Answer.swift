import CorosFiles
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Answers the question of a quiz.
  enum Answer: PrintingCommand {
    static let manual = Manual(
      name: "answer",
      summary: "answer the question of a quiz",
      usage: "answer X",
      group: .learning,
      details: """
        X is a number, or the name of a job, or `nobody`. A right answer brings the points that the \
        question is still worth, and the next question; a wrong one costs a point, and you may try again. What \
        cannot be an answer at all costs nothing.
        """,
      example: "answer 14",
      seeAlso: ["quiz", "hint"],
      completion: [.nothing]
    )

    static let reference = Reference(
      notes: "A wrong answer is no failure of the command.",
      results: [
        ResultLine([
          .init("question", .number, "the question that was answered"),
          .init("right", .truth, "whether the answer is right"),
          .init("points", .number, "what this answer brought"),
          .init("score", .number, "the points so far"),
          .init(
            "next",
            .orNull(.object(QuizWords.questionKeys)),
            "the next question; null after a wrong answer, and after the last"
          ),
        ])
      ],
      demonstration: ["quiz --seed 42", "answer 1", "answer 15"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try invocation.allow(atMost: 1, manual)
      var progress = try shell.openQuiz(invocation)
      let exercise = progress.sheet.exercise
      guard let question = progress.question else { return }
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
          hint: "it is \(question.form(exercise))"
        )
      }
      let answered = progress.current
      let points = progress.check(answer)
      shell.quiz = progress.question == nil ? nil : progress
      shell.report(json(answered, points, progress, shell)) {
        guard let points else {
          return QuizWords(progress.sheet, shell).wrapped(
            "No. " + (progress.worth > 0 ? "Try again, or ask for a `hint`." : "Try again.")
          )
        }
        return "Right: \(counted(points, "point")).\n" + shell.continuation(of: progress)
      }
    }

    private static func json(
      _ answered: Int,
      _ points: Int?,
      _ progress: QuizProgress,
      _ shell: Shell
    ) -> JSON {
      let words = QuizWords(progress.sheet, shell)
      return [
        "command": "answer", "question": .int(answered + 1), "right": .bool(points != nil),
        "points": .int(points ?? 0), "score": .int(progress.score),
        "next": points == nil || progress.question == nil ? .null : words.json(progress.current),
      ]
    }
  }
}
