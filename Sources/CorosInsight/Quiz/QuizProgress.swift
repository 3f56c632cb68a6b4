/// A person's progress through a sheet.
package struct QuizProgress: Sendable {
  package let sheet: QuizSheet
  private var tally = QuizTally()

  package init(_ sheet: QuizSheet) {
    self.sheet = sheet
  }

  /// The open question, from 0; past the last one when all are done.
  package var current: Int { tally.current }
  package var score: Int { tally.score }
  /// The points that the open question is still worth.
  package var worth: Int { tally.worth }

  /// The open question; nil when all are done.
  package var question: QuizQuestion? {
    current < sheet.questions.count ? sheet.questions[current] : nil
  }

  /// The maximum number of points.
  package var mostPoints: Int { sheet.questions.count * QuizTally.points }

  /// Checks an answer to the open question, and moves to the next question if the answer is right.
  ///
  /// - Returns: The points for the answer; nil if it is wrong.
  package mutating func check(_ answer: QuizQuestion.Answer) -> Int? {
    guard let question else { return nil }
    guard question.answer(sheet.exercise) == answer else {
      tally.answeredWrong()
      return nil
    }
    return tally.answeredRight()
  }

  /// Takes the next hint.
  ///
  /// After the last, repeats it at no cost.
  ///
  /// - Returns: The number of the hint, from 1.
  package mutating func takeHint() -> Int { tally.takeHint() }

  /// Gives up the open question.
  package mutating func goOn() { tally.goOn() }
}
