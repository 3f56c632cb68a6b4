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
  ])
  func `colour is kept if requested, and reset at the end`(text: String, shown: String) {
    #expect(OutputSanitizer.neutralized(text, keepingColor: true) == shown)
  }
}
