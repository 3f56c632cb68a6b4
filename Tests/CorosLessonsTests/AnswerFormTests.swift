import CorosInsight
import Testing

@testable import CorosLessons

@Suite struct AnswerFormTests {
  private func form(_ kind: String, _ parts: String) throws -> AnswerForm {
    let text = "#: title A\n#: task \(kind)\n# Q\n" + parts + LessonParsingTests.hints
    return AnswerForm(try Lesson(parsing: text, name: "x", file: "x").tasks[0])
  }

  @Test func `numbers are compared as numbers`() throws {
    let form = try form("predict", "#: answer 3\n#: answer 5\n#: check\nassert $answer == 3\n")
    #expect(form.words == "a whole number")
    #expect(form.normalized("03") == "3")
    #expect(form.normalized("three") == nil)
    #expect(form.normalized("3 or true") == nil)
    #expect(form.normalized("3 3") == nil)
    #expect(try form.isRight("5"))
    #expect(try !form.isRight("4"))
  }

  @Test func `several numbers may have commas`() throws {
    let form = try form(
      "predict",
      "#: answer 1 2 1\n#: wrong 1 1 2\n# Because.\n#: check\nassert $answer1 == 1\n"
    )
    #expect(form.words == "3 whole numbers")
    #expect(form.normalized("1, 2,1") == "1 2 1")
    #expect(form.normalized("1 2") == nil)
    #expect(form.explanation(of: "1 1 2") == "Because.")
    #expect(form.explanation(of: "2 2 2") == "")
  }

  @Test func `a choice is a letter`() throws {
    let form = try form("name", "#: choice x\n#: choice y\n#: answer b\n")
    #expect(form.words == "a letter from a to b")
    #expect(form.normalized("B") == "b")
    #expect(form.normalized("c") == nil)
    #expect(form.normalized("y") == nil)
  }

  @Test func `a tree may have its children in any order`() throws {
    let form = try form("trees a+b,a+c,b+d", "")
    #expect(try form.isRight(try #require(form.normalized("a(c, b(d))"))))
    #expect(try !form.isRight(try #require(form.normalized("a(b,c,d)"))))
    for text in ["", "a(", "a()", "a(b", "a(b))", "a(b,)", "a(b b)c", "a(b,b)", "()"] {
      #expect(form.normalized(text) == nil, "\(text)")
    }
    #expect(form.normalized(String(repeating: "a(", count: 1_500)) == nil)
  }

  @Test func `many ways lead to a tree`() throws {
    let form = try form("trees a+b,b+c,b- reversed", "")
    #expect(try form.isRight("a+c"))
    #expect(try form.isRight("a+x,x+c,x-"))
    #expect(try !form.isRight("a+b"))
    #expect(throws: ForkError.self) { try form.isRight("b+c") }
  }
}
