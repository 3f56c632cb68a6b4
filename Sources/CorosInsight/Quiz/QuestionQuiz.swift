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
  /// The open question, from 0; past the last one when all are done.
  package private(set) var current = 0
  package private(set) var score = 0
  /// The points that the open question is still worth.
  package private(set) var worth = QuizProgress.points
  private var hintsTaken = 0

  /// The possible numbers of questions.
  package static let counts = 1...12

  /// Begins a quiz.
  package init(_ questions: [PlainQuestion]) {
    self.questions = questions
  }

  /// Whether a question is still open.
  package var isOpen: Bool { current < questions.count }

  /// The maximum number of points.
  package var mostPoints: Int { questions.count * QuizProgress.points }

  /// Checks an answer to the open question, and goes on to the next one if it is right.
  package mutating func check(_ answer: String) -> Verdict {
    guard isOpen else { return .senseless }
    switch questions[current].verdict(on: answer) {
    case .senseless: return .senseless
    case .wrong:
      worth = max(0, worth - 1)
      return .wrong
    case .right:
      defer { goOn() }
      score += worth
      return .right(points: worth)
    }
  }

  /// Takes the next hint: its number, from 1, and its text; after the last it is repeated at no cost.
  package mutating func takeHint() -> (number: Int, text: String) {
    let hints = questions[current].hints
    if hintsTaken < hints.count {
      hintsTaken += 1
      worth = max(0, worth - 1)
    }
    return (hintsTaken, hints[hintsTaken - 1])
  }

  /// Gives up the open question.
  package mutating func goOn() {
    current += 1
    worth = QuizProgress.points
    hintsTaken = 0
  }
}
