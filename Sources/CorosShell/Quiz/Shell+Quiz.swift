import CorosInsight
import CorosLanguage

extension Shell {
  /// The quiz that is going on.
  func openQuiz(_ invocation: Invocation) throws(CommandFailure) -> QuizProgress {
    guard let progress = quiz.progress else {
      throw CommandFailure(
        "there is no quiz going on",
        at: invocation.name.range,
        hint: "`quiz` begins one"
      )
    }
    return progress
  }
}
