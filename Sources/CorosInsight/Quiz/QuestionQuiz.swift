/// Questions asked one after the other, and the points for their answers: 3, one less for each hint and wrong answer.
package struct QuestionQuiz: Sendable {
  /// What an answer to the open question was.
  package enum Verdict: Equatable, Sendable {
    case right(points: Int)
    case wrong
    /// It cannot be an answer, and costs nothing.
    case senseless
  }

  package let questions: [PlainQuestion]
  private var tally = QuizTally()

  /// The possible numbers of questions.
  package static let counts = 1...12

  /// Begins a quiz.
  package init(_ questions: [PlainQuestion]) {
    self.questions = questions
  }

  /// The open question, from 0; past the last one when all are done.
  package var current: Int { tally.current }
  package var score: Int { tally.score }
  /// The points that the open question is still worth.
  package var worth: Int { tally.worth }

  /// Whether a question is still open.
  package var isOpen: Bool { current < questions.count }

  /// The maximum number of points.
  package var mostPoints: Int { questions.count * QuizTally.points }

  /// Checks an answer to the open question, and goes on to the next one if it is right.
  package mutating func check(_ answer: String) -> Verdict {
    guard isOpen else { return .senseless }
    switch questions[current].verdict(on: answer) {
    case .senseless: return .senseless
    case .wrong:
      tally.answeredWrong()
      return .wrong
    case .right: return .right(points: tally.answeredRight())
    }
  }

  /// Takes the next hint: its number, from 1, and its text; after the last it is repeated at no cost.
  package mutating func takeHint() -> (number: Int, text: String) {
    let hints = questions[current].hints
    let number = tally.takeHint()
    return (number, hints[number - 1])
  }

  /// Gives up the open question.
  package mutating func goOn() { tally.goOn() }
}
