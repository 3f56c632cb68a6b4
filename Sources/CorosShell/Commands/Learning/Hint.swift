import CorosFiles
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Helps with the question of a quiz.
  enum Hint: PrintingCommand {
    static let manual = Manual(
      name: "hint",
      summary: "get help with the question of a quiz",
      usage: "hint",
      group: .learning,
      details: """
        There are three to a question, and each costs a point: where to look, then the rule of the policy, \
        and at last the timeline of what happened.
        """,
      example: "hint",
      seeAlso: ["quiz", "answer", "timeline"],
      completion: [.nothing]
    )

    static let reference = Reference(
      results: [
        ResultLine([
          .init("question", .number, "the question that is asked"),
          .init("hint", .number, "which of the three it is, from 1"),
          .init("text", .text, "the hint; the third has several lines"),
        ])
      ],
      demonstration: ["quiz --seed 42", "hint"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try invocation.allow(atMost: 0, manual)
      var progress = try shell.openQuiz(invocation)
      let number = progress.takeHint()
      shell.quiz = progress
      let words = QuizWords(progress.sheet, shell)
      let hint = words.hint(number, to: progress.current, isUnicode: shell.settings.isUnicode)
      shell.report([
        "command": "hint", "question": .int(progress.current + 1), "hint": .int(number),
        "text": .string(hint),
      ]) {
        number < QuizProgress.hintCount ? words.wrapped(hint) : hint
      }
    }
  }
}
