/// How far somebody has come with a sheet.
package struct QuizProgress: Sendable {
  package let sheet: QuizSheet
  /// The question that is open, from 0; beyond the last when all are done.
  package private(set) var current = 0
  package private(set) var score = 0
  /// What the open question is still worth.
  package private(set) var worth = Self.points
  private(set) var hintsTaken = 0

  /// What a question is worth: a point less for each hint and for each wrong answer.
  package static let points = 3
  package static let hintCount = 3

  package init(_ sheet: QuizSheet) {
    self.sheet = sheet
  }

  /// The open question; nil when all are done.
  package var question: QuizQuestion? {
    current < sheet.questions.count ? sheet.questions[current] : nil
  }

  /// The most that one could have had.
  package var mostPoints: Int { sheet.questions.count * Self.points }

  /// Checks an answer to the open question, and goes on to the next if it is right.
  ///
  /// - Returns: The points for it; nil when it is wrong.
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

  /// Takes the next hint, or the last once more, which costs nothing.
  ///
  /// - Returns: Which it is, from 1.
  package mutating func takeHint() -> Int {
    if hintsTaken < Self.hintCount {
      hintsTaken += 1
      worth = max(0, worth - 1)
    }
    return hintsTaken
  }

  /// Gives the open question up.
  package mutating func goOn() {
    current += 1
    worth = Self.points
    hintsTaken = 0
  }
}
