import CorosKernel
import Foundation
import Testing

@testable import CorosLanguage

/// What is valid JSON, and what is not (RFC 8259).
@Suite struct JSONParsingTests {
  @Test(arguments: [
    ("0", JSON.int(0)), ("-0", .int(0)), ("10", .int(10)), ("-7", .int(-7)), ("0.5", .double(0.5)),
    ("-0.5e1", .double(-5)), ("18446744073709551615", .unsigned(.max)),
  ])
  func `a number`(_ text: String, _ value: JSON) {
    #expect(JSON(parsing: text) == value)
  }

  @Test(arguments: [
    "00", "00.5", "-00", "01", "010", "-", "1.", ".5", "1e", "+1", "0x1", "1 2", "--1", "0-",
  ])
  func `not a number`(_ text: String) {
    #expect(JSON(parsing: text) == nil)
  }

  /// Foundation's parser is the reference.
  @Test func `numbers of all forms agree with Foundation`() {
    var random = RandomSource(seed: 3)
    let pieces = ["0", "1", "9", "-", "+", ".", "e", "E"]
    for _ in 0..<5_000 {
      let text = (0...random.next(below: 6)).map { _ in pieces[random.next(below: pieces.count)] }
        .joined()
      // Numbers that overflow a Double are not compared.
      if Double(text)?.isInfinite == true { continue }
      let other = try? JSONSerialization.jsonObject(with: Data("[\(text)]".utf8))
      #expect((JSON(parsing: text) == nil) == (other == nil), Comment(rawValue: text))
    }
  }
}
