import CorosLanguage
import Testing

@Suite struct QuotingTests {
  @Test(arguments: [
    ("hello", "hello"), ("", "''"), ("a b", "'a b'"), ("it's", #""it's""#), ("日本", "日本"),
    ("$x", "'$x'"), ("#", "'#'"), ("a#", "a#"), (#"it's $5 "or" \"#, #""it's \$5 \"or\" \\""#),
    ("a;b", "'a;b'"), ("a\u{A0}b", "'a\u{A0}b'"), ("(a==b)", "(a==b)"), ("a\nb", "'a\nb'"),
  ])
  func `text is quoted only if necessary`(text: String, written: String) throws {
    #expect(quoted(text) == written)
    #expect(try parsed(quoted(text)) == [[text]])
  }

  @Test func `every character survives quoting and parsing`() throws {
    for value in UInt32(0)...0x3100 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for text in [String(scalar), "\(scalar)x", "x\(scalar)"] {
        let back = try parsed(quoted(text))
        guard back == [[text]] else {
          Issue.record("U+\(String(value, radix: 16)): \(back)")
          return
        }
      }
    }
  }
}
