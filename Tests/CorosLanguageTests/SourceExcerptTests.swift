import CorosLanguage
import Testing

@Suite struct SourceExcerptTests {
  /// The excerpt with its carets, as two lines.
  private func drawn(_ line: String, _ range: SourceRange, width: Int = 78) -> String {
    let excerpt = SourceExcerpt(line: line, range: range, width: width)
    return excerpt.text + "\n" + excerpt.carets
  }

  @Test func `the caret is under the place`() {
    #expect(drawn("echo abc", 5..<8) == "echo abc\n     ^^^")
  }

  @Test func `a tab is shown as spaces and counts as one column`() {
    #expect(drawn("\techo\t'", 6..<7) == "    echo    '\n            ^")
    #expect(SourceExcerpt(line: "\techo\t'", range: 6..<7).column == 7)
  }

  @Test func `wide characters take two columns on the screen and one in the count`() {
    #expect(drawn("日本 '", 7..<8) == "日本 '\n     ^")
    #expect(SourceExcerpt(line: "日本 '", range: 7..<8).column == 4)
    #expect(drawn("a 日本", 2..<8) == "a 日本\n  ^^^^")
  }

  @Test func `combined characters count once`() {
    let line = "e\u{301}👩‍👩‍👧🇩🇪 '"
    let place = line.utf8.count - 1
    #expect(SourceExcerpt(line: line, range: place..<place + 1).column == 5)
    #expect(drawn(line, place..<place + 1) == line + "\n      ^")
  }

  @Test func `an empty place at the end gets a caret after the line`() {
    #expect(drawn("assert", 6..<6) == "assert\n      ^")
    #expect(SourceExcerpt(line: "assert", range: 6..<6).column == 7)
    #expect(drawn("", 0..<0) == "\n^")
  }

  @Test func `a long line is cut around the place`() {
    let line = String(repeating: "abcdefghij", count: 20)
    #expect(drawn(line, 100..<101, width: 20) == "…bcdefghijabcdefghi…\n          ^")
  }

  @Test(arguments: [0, 1, 10, 50, 99, 100, 150, 198, 199], [20, 21, 30, 78])
  func `the excerpt fits and the caret is under the right character`(place: Int, width: Int) {
    let line = String((0..<200).map { $0 == place ? "#" : "." })
    let excerpt = SourceExcerpt(line: line, range: place..<place + 1, width: width)
    #expect(excerpt.text.count == width)
    #expect(excerpt.carets.last == "^")
    #expect(Array(excerpt.text)[excerpt.carets.count - 1] == "#")
    #expect(excerpt.text.hasPrefix("…") == (place > width / 2))
  }

  @Test(arguments: [0, 10, 19])
  func `a line that just fits is shown whole`(place: Int) {
    let line = String(repeating: "x", count: 20)
    #expect(SourceExcerpt(line: line, range: place..<place + 1, width: 20).text == line)
  }

  @Test(arguments: [0, 3, 30, 60, 150, 297])
  func `wide lines are also cut to the width`(place: Int) {
    let line = String(repeating: "日", count: 100)
    let excerpt = SourceExcerpt(line: line, range: place..<place + 3, width: 20)
    let columns = excerpt.text.reduce(0) { $0 + $1.displayWidth }
    #expect((17...20).contains(columns))
    #expect(excerpt.carets.hasSuffix("^^"))
  }

  @Test func `a place wider than the window is cut on the right`() {
    let line = "ab" + String(repeating: "x", count: 100)
    #expect(drawn(line, 2..<102, width: 20) == "abxxxxxxxxxxxxxxxx…\n  ^^^^^^^^^^^^^^^^")
  }

  @Test func `control characters cannot move the cursor`() {
    #expect(drawn("a\u{1B}[2Jb\u{202E}c\u{301}", 5..<6) == "a␛[2Jb\u{FFFD}c\u{301}\n     ^")
    #expect(drawn("\u{301}a", 2..<3) == "\u{FFFD}a\n ^")
  }

  @Test func `only the line with the place is shown`() {
    #expect(drawn("first\nsecond 'x\nthird", 13..<14) == "second 'x\n       ^")
    #expect(SourceExcerpt(line: "first\nsecond 'x\nthird", range: 13..<14).column == 8)
    #expect(drawn("one\r\ntwo", 5..<8) == "two\n^^^")
  }

  @Test func `places outside the line or inside a character are corrected`() {
    #expect(drawn("ab", 7..<9) == "ab\n  ^")
    #expect(drawn("é'", 1..<2) == "é'\n^")
  }

  @Test func `display width`() {
    let widths: [(Character, Int)] = [
      ("a", 1), ("é", 1), ("e\u{301}", 1), ("日", 2), ("ｶ", 1), ("Ａ", 2), ("한", 2), ("🙂", 2),
      ("🇩🇪", 2), ("❤\u{FE0F}", 2), ("❤", 1), ("\u{301}", 0), ("\u{200B}", 0), ("\u{7}", 0), ("─", 1),
    ]
    for (character, width) in widths {
      #expect(character.displayWidth == width, "\(character)")
    }
  }
}
