import CorosLanguage
import CorosLessons
import CorosSession
import CorosShell

extension Commands {
  /// Checks the task of a lesson.
  enum Check: SimpleCommand {
    static let manual = Manual(
      name: "check",
      summary: "check the task of a lesson",
      usage: "check",
      group: .learning,
      details: """
        Says whether the open task is done, and if not, why. A program that you were to fix is tried in every order \
        of its steps. It costs nothing.
        """,
      example: "check",
      seeAlso: ["lesson", "hint", "explore"],
      completion: [.nothing]
    )

    static let reference = Reference(
      notes: "A task that is not done is not a failure of the command.",
      demonstration: ["lesson turns", "check"]
    )

    typealias Result = CheckedTask

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 0, manual)
      let (lesson, open) = try shell.openLesson(invocation)
      let task = lesson.tasks[open.task]
      if task.kind.isAnswered {
        let record = shell.record(open.lesson, open.task)
        let verdict = record.isPassed ? Verdict.passed : .failed("`answer X` answers this task.")
        return CheckedTask(
          lesson,
          open.task,
          verdict,
          points: record.worth(of: task.points),
          shell.lessonPack
        )
      }
      let journal = shell.session.journalText
      let verdict = shell.judge(lesson, open.task).verdict(journal: journal)
      if shell.host.isInterrupted { throw shell.interruption }
      let points = verdict.isPassed ? shell.notePassed(journal: journal) : 0
      return CheckedTask(lesson, open.task, verdict, points: points, shell.lessonPack)
    }
  }
}
