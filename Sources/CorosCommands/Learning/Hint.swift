import CorosInsight
import CorosLessons
import CorosSession
import CorosShell

extension Commands {
  /// Gives a hint to the question of a quiz.
  enum Hint: SimpleCommand {
    static let manual = Manual(
      name: "hint",
      summary: "get help with the question of a quiz or a lesson",
      usage: "hint",
      group: .learning,
      details: """
        Each question of a quiz has three hints, and each costs a point: where to look, the rule, and what \
        happened or was known before. So has each task of a lesson; the last hint nearly tells the answer.
        """,
      example: "hint",
      seeAlso: ["quiz", "lesson", "answer", "timeline"],
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
      if shell.quiz.progress == nil, shell.desk.open != nil {
        return try hintAtTask(invocation, shell)
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

    private static func hintAtTask(
      _ invocation: Invocation,
      _ shell: Shell
    ) throws(CommandFailure) -> Result {
      let (lesson, open) = try shell.openLesson(invocation)
      let taken = shell.record(open.lesson, open.task).hints
      // After the last, it is repeated at no cost.
      if taken < LessonTask.hintCount { shell.noteCost { $0.hints += 1 } }
      let number = min(taken + 1, LessonTask.hintCount)
      return Result(
        question: open.task + 1,
        number: number,
        hint: lesson.tasks[open.task].hints[number - 1]
      )
    }

    struct Result: CommandResult, ResultObject {
      let question: Int
      let number: Int
      let hint: String

      static let fields: [ResultField<Self>] = [
        .number("question", "the number of the open question or task", \.question),
        .number("hint", "the number of the hint, from 1 to 3", \.number),
        .text("text", "the hint; it may have several lines", \.hint),
      ]

      func text(in look: Look) -> String {
        number < QuizTally.hintCount || !hint.contains("\n")
          ? TextFlow.wrapped(hint, width: look.width, indent: "") : hint
      }
    }
  }
}
