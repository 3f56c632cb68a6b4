package import CorosInsight
import CorosLanguage

extension Shell {
  /// The quiz in progress.
  package func openQuiz(_ invocation: Invocation) throws(CommandFailure) -> QuizProgress {
    guard let progress = quiz.progress else {
      throw CommandFailure(
        "no quiz is in progress",
        at: invocation.name.range,
        hint: "`quiz` starts one"
      )
    }
    return progress
  }
}
