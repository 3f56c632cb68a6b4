import Testing

@testable import CorosInsight

/// Questions about forks, in both directions.
@Suite(.timeLimit(.minutes(15))) struct ForkQuizTests {
  @Test(arguments: 0..<200 as Range<UInt64>)
  func `each question has an answer that counts, and none that does not`(_ seed: UInt64) {
    let forks = ForkQuiz(seed: seed, questions: 12)
    var quiz = QuestionQuiz(forks.questions)
    #expect(forks.actions.count == 12 && quiz.mostPoints == 36)
    while quiz.isOpen {
      let question = quiz.questions[quiz.current]
      #expect(quiz.check("?") == .senseless && quiz.check("z(y)") != .right(points: 3))
      let worth = quiz.worth
      #expect(quiz.check(question.answer) == .right(points: worth))
    }
    #expect(quiz.check("a") == .senseless)
  }

  @Test func `equal seeds ask the same, in both directions`() {
    let quiz = ForkQuiz(seed: 7, questions: 6)
    #expect(quiz.actions == ForkQuiz(seed: 7, questions: 6).actions)
    #expect(quiz.questions[0].text.hasSuffix("What is the tree now?"))
    #expect(quiz.questions[1].text.hasSuffix("What has happened?"))
  }

  @Test func `hints and wrong answers cost points`() {
    var quiz = QuestionQuiz(ForkQuiz(seed: 3, questions: 2).questions)
    let answer = quiz.questions[0].answer
    #expect(quiz.takeHint().number == 1 && quiz.worth == 2)
    #expect(quiz.check("a(q)") == .wrong && quiz.worth == 1)
    #expect(quiz.check(answer) == .right(points: 1))
    #expect(quiz.check("a+b,a+c") == .senseless && quiz.worth == 3)
  }

  @Test func `the last hint is repeated at no cost`() {
    var quiz = QuestionQuiz(ForkQuiz(seed: 3, questions: 1).questions)
    let hints = (1...4).map { _ in quiz.takeHint() }
    #expect(hints.map(\.number) == [1, 2, 3, 3] && hints[2].text == hints[3].text)
    #expect(quiz.worth == 0 && quiz.check(quiz.questions[0].answer) == .right(points: 0))
  }

  @Test(arguments: ["a", "a(b)", "a(b(c),d(e,f))"])
  func `a tree is read as it is written`(_ text: String) {
    #expect(ForkTree(written: text)?.written == text)
  }

  @Test(arguments: ["", "a(", "a()", "a(b", "a(b))", "a,b", "(a)"])
  func `what is no tree is not read`(_ text: String) {
    #expect(ForkTree(written: text) == nil)
  }
}
