/// Which question of a quiz is open, and the points: 3 for each, one less for each hint and each wrong answer.
package struct QuizTally: Sendable {
  /// The open question, from 0; past the last one when all are done.
  package private(set) var current = 0
  package private(set) var score = 0
  /// The points that the open question is still worth.
  package private(set) var worth = Self.points
  private var hintsTaken = 0

  /// The points for a question without help.
  package static let points = 3
  /// The number of hints to each question.
  package static let hintCount = 3

  /// A right answer: its points count, and the next question is open.
  ///
  /// - Returns: The points.
  mutating func answeredRight() -> Int {
    defer { goOn() }
    score += worth
    return worth
  }

  /// A wrong answer costs a point.
  mutating func answeredWrong() { worth = max(0, worth - 1) }

  /// Takes the next hint; after the last, that is repeated at no cost.
  ///
  /// - Returns: The number of the hint, from 1.
  mutating func takeHint() -> Int {
    if hintsTaken < Self.hintCount {
      hintsTaken += 1
      worth = max(0, worth - 1)
    }
    return hintsTaken
  }

  /// Gives up the open question.
  mutating func goOn() {
    current += 1
    worth = Self.points
    hintsTaken = 0
  }
}
