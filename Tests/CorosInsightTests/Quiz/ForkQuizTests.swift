import Testing

@testable import CorosInsight

/// Questions about forks, in both directions.
@Suite(.timeLimit(.minutes(15))) struct ForkQuizTests {
  @Test(arguments: 0..<200 as Range<UInt64>)
  func `each question has an answer that counts, and none that does not`(_ seed: UInt64) {
    var quiz = ForkQuiz(seed: seed, questions: 12)
    #expect(quiz.actions.count == 12 && quiz.mostPoints == 36)
    while quiz.isOpen {
      let index = quiz.current
      #expect(quiz.check("?") == .senseless && quiz.check("z(y)") != .right(points: 3))
      let worth = quiz.worth
      #expect(quiz.check(quiz.answer(index)) == .right(points: worth))
    }
    #expect(quiz.check("a") == .senseless)
  }

  @Test func `equal seeds ask the same, in both directions`() {
    let quiz = ForkQuiz(seed: 7, questions: 6)
    #expect(quiz.actions == ForkQuiz(seed: 7, questions: 6).actions)
    #expect(quiz.text(0).hasSuffix("What is the tree now?"))
    #expect(quiz.text(1).hasSuffix("What has happened?"))
  }

  @Test func `hints and wrong answers cost points`() {
    var quiz = ForkQuiz(seed: 3, questions: 2)
    #expect(quiz.takeHint().number == 1 && quiz.worth == 2)
    #expect(quiz.check("a(q)") == .wrong && quiz.worth == 1)
    #expect(quiz.check(quiz.answer(0)) == .right(points: 1))
    #expect(quiz.check("a+b,a+c") == .senseless && quiz.worth == 3)
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
