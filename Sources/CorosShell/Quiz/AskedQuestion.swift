import CorosInsight
import CorosLanguage
import CorosSession

/// A question in a result; its answer is left out unless it may be shown.
struct AskedQuestion: ResultObject {
  let index: Int
  let sheet: QuizSheet
  let tellsAnswer: Bool

  init(_ index: Int, of sheet: QuizSheet, tellsAnswer: Bool = false) {
    self.index = index
    self.sheet = sheet
    self.tellsAnswer = tellsAnswer
  }

  /// The open question; nil when all are done.
  init?(openIn progress: QuizProgress) {
    guard progress.question != nil else { return nil }
    self.init(progress.current, of: progress.sheet)
  }

  private var question: QuizQuestion { sheet.questions[index] }

  static let fields: [ResultField<Self>] = [
    .number("number", "its number, from 1") { $0.index + 1 },
    .text("text", "the question") { $0.question.text($0.sheet.exercise) },
    ResultField(
      "answer",
      .orNull(.either(.number, .text)),
      "the answer, a number or a name; null unless --answers asks for it"
    ) { $0.answer },
  ]

  private var answer: JSON {
    guard tellsAnswer else { return .null }
    return switch question.answer(sheet.exercise) {
    case .number(let number): .int(number)
    case .job(_, let name): .string(name)
    }
  }
}
