import Foundation
import Testing

@testable import CorosCommands
@testable import CorosInsight
@testable import CorosShell

@Suite struct QuizCommandTests {
  private func rightAnswer(_ session: TestShell) -> String {
    guard let quiz = session.shell.quiz.progress, let question = quiz.question else { return "" }
    return question.answer(quiz.sheet.exercise).description
  }

  @Test func `right answers earn all points`() {
    let session = TestShell()
    session.type("quiz --seed 5 --questions 3")
    for number in 1...3 {
      let seen = session.type("answer \(rightAnswer(session))")
      #expect(seen.hasPrefix("Right: 3 points.\n"))
      #expect(seen.contains("9 of 9") == (number == 3))
    }
    #expect(session.shell.quiz.progress == nil)
    #expect(session.type("answer 1").hasPrefix("no quiz is in progress"))
  }

  @Test func `hints and wrong answers cost a point each, but never more than there are`() {
    let session = TestShell()
    session.type("quiz --seed 5 --questions 4")
    session.type("hint")
    #expect(session.type("answer \(rightAnswer(session))").hasPrefix("Right: 2 points.\n"))
    let wrong =
      rightAnswer(session) == "none" ? "a" : Int(rightAnswer(session)) == nil ? "none" : "999"
    #expect(session.type("answer \(wrong)").hasPrefix("No."))
    #expect(session.type("answer \(rightAnswer(session))").hasPrefix("Right: 2 points.\n"))
    session.type("hint; hint; hint; hint; hint")
    #expect(session.type("answer \(rightAnswer(session))").hasPrefix("Right: 0 points.\n"))
    #expect(session.type("quiz next").contains("4 of 12"))
  }

  @Test func `the machine is not changed`() {
    let session = TestShell()
    session.type("spawn count 3; step 2")
    let before = session.type("ps; clock; stats; seed; policy; queue")
    session.type("quiz --seed 1; hint; hint; hint; answer 3; answer a; quiz next; quiz --sheet")
    #expect(session.type("ps; clock; stats; seed; policy; queue") == before)
  }

  @Test func `a sheet does not show its answers, and does not end a quiz`() {
    let session = TestShell()
    session.type("quiz --seed 5")
    let masked = session.type("quiz --sheet --seed 6")
    #expect(masked.components(separatedBy: "______").count == 6)
    #expect(!session.type("quiz --sheet --answers --seed 6").contains("______"))
    #expect(session.shell.quiz.progress?.sheet.exercise.seed == 5)
  }

  @Test func `in a script, quizzes without a seed follow from the machine's`() {
    func seeds(_ seed: Int) -> [UInt64?] {
      let session = TestShell()
      session.type("seed \(seed)")
      return (0..<3).map { _ in
        session.type("quiz --questions 1")
        defer { session.type("quiz stop") }
        return session.shell.quiz.progress?.sheet.exercise.seed
      }
    }
    #expect(seeds(1) == seeds(1))
    #expect(seeds(1) != seeds(9))
    #expect(Set(seeds(1)).count == 3)
  }

  @Test(arguments: [
    "quiz --jobs 1", "quiz --jobs 9", "quiz --jobs x", "quiz --jobs", "quiz --questions 0",
    "quiz --questions 13", "quiz --seed -1", "quiz --seed 18446744073709551616", "quiz --seed",
    "quiz --seed 1 --seed 2", "quiz --policy nonsense", "quiz --policy rr:quantum=0",
    "quiz --policy",
    "quiz --sheets", "quiz 14", "quiz next next", "quiz next", "quiz stop", "hint", "hint 1",
    "answer",
    "answer 1", "answer 1 2",
  ])
  func `an impossible quiz is refused, with a hint`(_ line: String) {
    let session = TestShell()
    #expect(session.shell.execute(line) == 1)
    session.shell.flush()
    #expect(session.host.output == "")
    #expect(session.host.errors.contains("hint: "))
    #expect(session.shell.quiz.progress == nil)
  }

  @Test func `an impossible answer costs nothing`() {
    let session = TestShell()
    session.type("quiz --seed 5")
    for word in ["''", "-1", "z", "1.5", "99999999999999999999999", "'a b'", "\u{1F642}"] {
      #expect(session.shell.execute("answer " + word) == 1)
    }
    #expect(session.shell.quiz.progress?.worth == QuizTally.points)
  }

  @Test(arguments: [20, 40, 80, 300])
  func `no line is wider than the terminal`(_ width: Int) {
    let session = TestShell()
    session.host.width = width
    session.type("quiz --seed 3 --jobs 8; hint; hint; hint; quiz next; quiz stop")
    session.type("quiz --sheet --answers --questions 12 --jobs 8")
    for line in session.host.output.split(separator: "\n") {
      #expect(line.count <= max(width, 20), "\(line)")
    }
  }
}
