package import CorosInsight
package import CorosLanguage
package import CorosSession

/// A question in a result; its answer is left out unless it may be shown.
package struct AskedQuestion: ResultObject {
  package let number: Int
  package let text: String
  package let answer: JSON

  package init(_ index: Int, of sheet: QuizSheet, tellsAnswer: Bool = false) {
    let question = sheet.questions[index]
    number = index + 1
    text = question.text(sheet.exercise)
    answer =
      if !tellsAnswer { .null } else {
        switch question.answer(sheet.exercise) {
        case .number(let number): .int(number)
        case .job(_, let name): .string(name)
        }
      }
  }

  /// The open question; nil when all are done.
  package init?(openIn progress: QuizProgress) {
    guard progress.question != nil else { return nil }
    self.init(progress.current, of: progress.sheet)
  }

  package init(_ index: Int, of quiz: QuestionQuiz, tellsAnswer: Bool = false) {
    number = index + 1
    text = quiz.questions[index].text
    answer = tellsAnswer ? .string(quiz.questions[index].answer) : .null
  }

  /// The open question; nil when all are done.
  package init?(openIn quiz: QuestionQuiz) {
    guard quiz.isOpen else { return nil }
    self.init(quiz.current, of: quiz)
  }

  package static let fields: [ResultField<Self>] = [
    .number("number", "its number, from 1", \.number),
    .text("text", "the question", \.text),
    ResultField(
      "answer",
      .orNull(.either(.number, .text)),
      "the answer, a number or a name; null unless --answers asks for it"
    ) { $0.answer },
  ]
}
