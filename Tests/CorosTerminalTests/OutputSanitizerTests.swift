import Testing

@testable import CorosTerminal

@Suite struct OutputSanitizerTests {
  @Test(arguments: [
    ("plain\ttext\n", "plain\ttext\n"),
    ("日本 é", "日本 é"),
    ("\u{1B}[2Jx", "^[[2Jx"),
    ("\u{1B}]0;title\u{07}", "^[]0;title^G"),
    ("a\rb", "a^Mb"),
    ("a\r\nb", "a^M\nb"),
    ("\u{0}\u{7F}", "^@^?"),
    ("\u{9B}31m", "<U+009B>31m"),
    ("a\u{202E}b", "a<U+202E>b"),
    (
      "\u{2027}\u{2028}\u{202F}\u{2065}\u{2066}\u{2069}\u{206A}",
      "\u{2027}<U+2028>\u{202F}\u{2065}<U+2066><U+2069>\u{206A}"
    ),
    ("\u{9F}\u{A0}é", "<U+009F>\u{A0}é"),
  ])
  func `control characters are shown, not executed`(text: String, shown: String) {
    #expect(OutputSanitizer.neutralized(text) == shown)
  }

  @Test(arguments: [
    ("\u{1B}[31mred\u{1B}[0m", "\u{1B}[31mred\u{1B}[0m"),
    ("\u{1B}[1;38:5:3mred\u{1B}[m", "\u{1B}[1;38:5:3mred\u{1B}[m"),
    ("\u{1B}[31mred", "\u{1B}[31mred\u{1B}[0m"),
    ("\u{1B}[31", "^[[31"),
    ("\u{1B}[2J\u{1B}[31m", "^[[2J\u{1B}[31m\u{1B}[0m"),
    ("\u{1B}[\u{1B}[1mé", "^[[\u{1B}[1mé\u{1B}[0m"),
    ("\u{1B}[00m", "\u{1B}[00m\u{1B}[0m"),
    ("é\u{1B}[m", "é\u{1B}[m"),
  ])
  func `colour is kept if requested, and reset at the end`(text: String, shown: String) {
    #expect(OutputSanitizer.neutralized(text, keepingColor: true) == shown)
  }

  @Test(arguments: [false, true])
  func `any mixture is as it would be character by character`(_ keepsColor: Bool) {
    var random = SystemRandomNumberGenerator()
    let pieces = [
      "a", "é", "日", "\n", "\t", "\u{0}", "\u{1B}", "[", "31", ";", "m", "\u{85}", "\u{2028}",
      "\u{2066}",
      "🙂", "\u{7F}", "0",
    ]
    for _ in 0..<500 {
      let text = (0..<12).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let shown = OutputSanitizer.neutralized(text, keepingColor: keepsColor)
      var rest = shown
      if keepsColor { rest = rest.replacing(/\u{1B}\[[0-9;:]*m/, with: "") }
      for scalar in rest.unicodeScalars {
        #expect(scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control)
        #expect(
          !(0x2028...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value)
        )
      }
      // What is made safe is safe.
      #expect(OutputSanitizer.neutralized(shown, keepingColor: keepsColor) == shown)
    }
  }
}
