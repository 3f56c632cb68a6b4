import CorosInsight
import CorosSession

extension Commands {
  /// Gives a hint to the question of a quiz.
  enum Hint: SimpleCommand {
    static let manual = Manual(
      name: "hint",
      summary: "get help with the question of a quiz",
      usage: "hint",
      group: .learning,
      details: """
        Each question has three hints, and each costs a point: where to look, the rule of the policy, and \
        the timeline of what happened. Of forks, they are where to look, the rule, and who is alive then; of \
        a program, when the number last changed, the rule, and what was known before the step.
        """,
      example: "hint",
      seeAlso: ["quiz", "answer", "timeline"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["quiz --seed 42", "hint"])

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 0, manual)
      if var quiz = shell.quiz.plain {
        let (number, text) = quiz.progress.takeHint()
        shell.quiz.plain = quiz
        return Result(question: quiz.progress.current + 1, number: number, hint: text)
      }
      var progress = try shell.openQuiz(invocation)
      let number = progress.takeHint()
      shell.quiz.progress = progress
      let words = QuizWords(progress.sheet, shell.look)
      return Result(
        question: progress.current + 1,
        number: number,
        hint: words.hint(number, to: progress.current, isUnicode: shell.look.isUnicode)
      )
    }

    struct Result: CommandResult, ResultObject {
      let question: Int
      let number: Int
      let hint: String

      static let fields: [ResultField<Self>] = [
        .number("question", "the number of the open question", \.question),
        .number("hint", "the number of the hint, from 1 to 3", \.number),
        .text("text", "the hint; the third has several lines", \.hint),
      ]

      func text(in look: Look) -> String {
        number < QuizProgress.hintCount || !hint.contains("\n")
          ? TextFlow.wrapped(hint, width: look.width, indent: "") : hint
      }
    }
  }
}
