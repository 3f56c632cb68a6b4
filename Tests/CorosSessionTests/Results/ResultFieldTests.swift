import CorosLanguage
import CorosSession
import Testing

/// Fields are declared once; the JSON and the reference follow from them.
@Suite struct ResultFieldTests {
  private struct Part: ResultObject {
    let number: Int

    static let fields: [ResultField<Self>] = [
      .number("number", "a number") { $0.number },
      .textOrNull("text", "a text, or none") { $0.number > 0 ? "positive" : nil },
    ]
  }

  private struct Whole: ResultObject {
    let part: Part

    static let fields: [ResultField<Self>] =
      [.truth("first", "always true") { _ in true }]
      + .fields(of: { $0.part })
      + [.objects("list", "the part alone") { [$0.part] }]
  }

  private struct Optional: ResultObject {
    let part: Part?

    static let fields: [ResultField<Self>] = .fields(ofAny: { $0.part })
  }

  @Test func `fields are in the order of their declaration`() {
    let whole = Whole(part: Part(number: 1))
    #expect(
      whole.json.text
        == #"{"first":true,"number":1,"text":"positive","list":[{"number":1,"text":"positive"}]}"#
    )
    #expect(Whole.keys.map(\.name) == ["first", "number", "text", "list"])
    #expect(
      Whole.keys.flatMap { $0.rows() }.map(\.path)
        == ["first", "number", "text", "list", "list[].number", "list[].text"]
    )
  }

  @Test func `the keys of an absent part are left out`() {
    #expect(Optional(part: nil).json.text == "{}")
    #expect(Optional(part: Part(number: 0)).json.text == #"{"number":0,"text":null}"#)
  }
}
