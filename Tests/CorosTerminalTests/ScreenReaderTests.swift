import CorosTestSupport
import Testing

/// Tests of the terminal emulation that other tests use to read the screen.
@Suite struct ScreenReaderTests {
  private func screen(_ text: String, columns: Int = 10, rows: Int = 4) -> ScreenReader {
    var screen = ScreenReader(columns: columns, rows: rows)
    // In pieces, as a terminal receives output.
    for scalar in text.unicodeScalars { screen.show(String(scalar)) }
    return screen
  }

  @Test func `text wraps and scrolls`() {
    #expect(screen("abcdefghijkl\r\nx").lines == ["abcdefghij", "kl", "x", ""])
    #expect(screen("1\r\n2\r\n3\r\n4\r\n5").lines == ["2", "3", "4", "5"])
    #expect(screen("日本語日本語").lines == ["日本語日本", "語", "", ""])
  }

  @Test func `the cursor moves, and text can be erased`() {
    #expect(screen("abc\u{1B}[2;3Hx\u{1B}[1;2H\u{1B}[K").lines == ["a", "  x", "", ""])
    #expect(screen("abcdef\u{1B}[3G\u{1B}[2P\u{1B}[1@").lines[0] == "ab ef")
    #expect(screen("a\r\nb\r\nc\u{1B}[1d\u{1B}[L").lines == ["", "a", "b", "c"])
  }

  @Test func `leaving the alternate screen restores the text and the cursor`() {
    let start = "one\r\ntwo\r\n"
    let program = "\u{1B}[?1049h\u{1B}[1;4r\u{1B}[H\u{1B}[2Jfull\u{1B}7\u{1B}[?25l"
    let inside = screen(start + program)
    #expect(inside.isAlternate && !inside.isCursorShown && inside.lines[0] == "full")
    let after = screen(start + program + "\u{1B}[4;1H\u{1B}[?12l\u{1B}[?25h\u{1B}[?1049l\rx")
    #expect(!after.isAlternate && after.isCursorShown)
    #expect(after.lines == ["one", "two", "x", ""])
  }

  @Test func `colours and reverse video are read, and unknown sequences are recorded`() {
    #expect(screen("\u{1B}[31mred").hasColor)
    #expect(screen("\u{1B}[7mhere\u{1B}[m\r\nthere").markedLines == ["here"])
    #expect(screen("\u{1B}[5y").unknown == ["[5y"])
  }
}
