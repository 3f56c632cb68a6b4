import Testing

@testable import CorosTerminal

/// Widths without a locale: CJK characters take two columns, combining accents none.
private func width(_ scalar: Unicode.Scalar) -> Int {
  switch scalar.value {
  case 0x0300...0x036F, 0x200D: 0
  case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0x1F300...0x1FAFF: 2
  case 0xE000...0xF8FF, 0xFFFE, 0xFFFF: -1
  default: 1
  }
}

private func end(_ text: String, columns: Int = 10, rows: Int = .max) -> ScreenPosition {
  ScreenGeometry(columns: columns, rows: rows, width: width).position(after: text.unicodeScalars)
}

private func at(_ row: Int, _ column: Int) -> ScreenPosition {
  ScreenPosition(row: row, column: column)
}

@Suite struct ScreenGeometryTests {
  @Test(arguments: [
    ("", at(0, 0)),
    ("abc", at(0, 3)),
    ("123456789", at(0, 9)),
    // A full row moves the cursor to the next row at once.
    ("1234567890", at(1, 0)),
    ("12345678901", at(1, 1)),
    ("12345678901234567890", at(2, 0)),
  ])
  func `narrow text wraps at the margin`(text: String, place: ScreenPosition) {
    #expect(end(text) == place)
  }

  @Test(arguments: [
    ("日本", at(0, 4)),
    ("日本日本日", at(1, 0)),
    // One column is left: the wide character moves to the next row and leaves a gap.
    ("123456789日", at(1, 2)),
    ("12345678日", at(1, 0)),
    ("x日本日本日", at(1, 2)),
    ("🚀🚀", at(0, 4)),
  ])
  func `wide characters are never split`(text: String, place: ScreenPosition) {
    #expect(end(text) == place)
  }

  @Test(arguments: [
    ("e\u{301}", at(0, 1)),
    ("123456789e\u{301}", at(1, 0)),
    ("👩\u{200D}🚀", at(0, 4)),
  ])
  func `combining characters have no width`(text: String, place: ScreenPosition) {
    #expect(end(text) == place)
  }

  @Test(arguments: [
    ("\t", at(0, 8)),
    ("1234567\t", at(0, 8)),
    ("12345678\t", at(1, 0)),
    ("a\tb", at(0, 9)),
  ])
  func `tabs move to the next multiple of eight`(text: String, place: ScreenPosition) {
    #expect(end(text) == place)
  }

  @Test(arguments: [
    ("\u{01}", at(0, 2)),
    ("\u{7F}", at(0, 2)),
    ("\u{85}", at(0, 2)),
    ("\u{0}", at(0, 2)),
    ("123456789\u{1B}", at(1, 1)),
    ("ab\ncd", at(1, 2)),
    ("1234567890\n", at(2, 0)),
    ("\u{E000}", at(0, 7)),
  ])
  func `control characters are drawn as two cells, others by number`(
    text: String,
    place: ScreenPosition
  ) {
    #expect(end(text) == place)
  }

  @Test func `input taller than the screen stays on its last row`() {
    #expect(end(String(repeating: "x", count: 95), rows: 3) == at(2, 5))
  }

  @Test func `a wide character that does not fit moves the cursor to the next row`() {
    let geometry = ScreenGeometry(columns: 10, width: width)
    #expect(geometry.cursor(after: "123456789".unicodeScalars, before: "日") == at(1, 0))
    #expect(geometry.cursor(after: "123456789".unicodeScalars, before: "x") == at(0, 9))
    #expect(geometry.cursor(after: "123456789".unicodeScalars, before: nil) == at(0, 9))
    #expect(geometry.cursor(after: "12345678".unicodeScalars, before: "日") == at(0, 8))
  }

  @Test func `text begins where the prompt ends`() {
    let geometry = ScreenGeometry(columns: 10, width: width)
    let start = geometry.position(after: "prompt> ".unicodeScalars)
    #expect(geometry.position(after: "abc".unicodeScalars, from: start) == at(1, 1))
  }

  @Test func `the computation ends even on the narrowest screen`() {
    #expect(end("日本", columns: 1).row == 2)
    #expect(end("\t", columns: 2) == at(1, 0))
  }
}
