/// A person's progress through a sheet.
package struct QuizProgress: Sendable {
  package let sheet: QuizSheet
  /// The open question, from 0; past the last one when all are done.
  package private(set) var current = 0
  package private(set) var score = 0
  /// The points that the open question is still worth.
  package private(set) var worth = Self.points
  private(set) var hintsTaken = 0

  /// The points for a question; each hint and each wrong answer costs one.
  package static let points = 3
  package static let hintCount = 3

  package init(_ sheet: QuizSheet) {
    self.sheet = sheet
  }

  /// The open question; nil when all are done.
  package var question: QuizQuestion? {
    current < sheet.questions.count ? sheet.questions[current] : nil
  }

  /// The maximum number of points.
  package var mostPoints: Int { sheet.questions.count * Self.points }

  /// Checks an answer to the open question, and moves to the next question if the answer is right.
  ///
  /// - Returns: The points for the answer; nil if it is wrong.
  package mutating func check(_ answer: QuizQuestion.Answer) -> Int? {
    guard let question else { return nil }
    guard question.answer(sheet.exercise) == answer else {
      worth = max(0, worth - 1)
      return nil
    }
    score += worth
    defer { goOn() }
    return worth
  }

  /// Takes the next hint.
  ///
  /// After the last, repeats it at no cost.
  ///
  /// - Returns: The number of the hint, from 1.
  package mutating func takeHint() -> Int {
    if hintsTaken < Self.hintCount {
      hintsTaken += 1
      worth = max(0, worth - 1)
    }
    return hintsTaken
  }

  /// Gives up the open question.
  package mutating func goOn() {
    current += 1
    worth = Self.points
    hintsTaken = 0
  }
}
