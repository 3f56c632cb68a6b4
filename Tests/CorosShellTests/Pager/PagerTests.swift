import Testing

@testable import CorosSession
@testable import CorosShell

/// The pager, line by line, and long lines on a terminal.
@Suite struct PagerTests {
  private func pager(_ count: Int = 30) -> Pager {
    Pager((1...count).map { "line \($0)\n" }.joined(), Style(isEnabled: false))
  }

  private func page(_ pager: Pager, width: Int = 40, height: Int = 11) -> [String] {
    pager.lines(width: width, height: height).map(\.text)
  }

  private func press(_ pager: Pager, _ keys: [ScreenKey]) -> String {
    for key in keys { pager.press(key) }
    return page(pager)[0]
  }

  @Test func `it shows a screen at a time, and says where it is`() {
    let pager = pager()
    #expect(page(pager).prefix(10) == (1...10).map { "line \($0)" }[...])
    #expect(page(pager)[10].contains("10 of 30 lines"))
    #expect(press(pager, [.character(" ")]) == "line 11")
    #expect(press(pager, [.character(" ")]) == "line 21")
    #expect(page(pager)[10].contains("the end"))
    #expect(!pager.isFinished)
    #expect(press(pager, [.character(" ")]) == "line 21")
    #expect(pager.isFinished)
  }

  @Test func `keys go up and down, to the ends, and leave`() {
    let pager = pager()
    _ = page(pager)
    #expect(press(pager, [.down, .enter, .character("j")]) == "line 4")
    #expect(press(pager, [.up, .character("k")]) == "line 2")
    #expect(press(pager, [.character("b")]) == "line 1")
    #expect(press(pager, [.end]) == "line 21")
    #expect(press(pager, [.home]) == "line 1")
    #expect(press(pager, [.character("G"), .pageUp]) == "line 11")
    for key in [ScreenKey.character("q"), .escape, .interrupt] {
      let pager = self.pager()
      pager.press(key)
      #expect(pager.isFinished)
    }
  }

  @Test func `a search finds lines in capitals or not, and goes round`() {
    let pager = pager()
    _ = page(pager)
    #expect(press(pager, [.character("/"), .character("E"), .character(" ")]) == "line 1")
    #expect(press(pager, [.character("1"), .character("2"), .enter]) == "line 12")
    #expect(press(pager, [.character("n")]) == "line 12")
    _ = press(pager, [.character("/"), .character("x"), .enter])
    #expect(page(pager)[10].contains("'x' is not there"))
    #expect(press(pager, [.character("/"), .character("9"), .backspace, .backspace]) == "line 12")
    #expect(!page(pager)[10].hasPrefix("/"))
  }

  @Test func `no line is wider than the screen, however narrow it is`() {
    let text = "  a rather long line with words that go on, and averylongwordwithoutanyblankinit\n"
    for width in 1...90 {
      for height in [1, 2, 5, 30] {
        for line in Pager(text, Style(isEnabled: false)).lines(width: width, height: height) {
          #expect(line.width <= width)
        }
      }
    }
  }

  @Test func `colours survive wrapping, and words stay whole`() {
    let style = Style(isEnabled: true)
    let text =
      "task " + style.paint("one of them", .name) + " " + style.paint("has failed here", .bad)
      + "\n"
    let wrapped = PaintedText.wrapped(text, width: 20, style)
    #expect(wrapped.contains("\u{1B}[36m"))
    let plain = wrapped.replacing(/\u{1B}\[[0-9]*m/, with: "")
    #expect(
      plain == "task one of them has\n  failed here\n"
        || plain == "task one of them \n  has failed here\n"
    )
    #expect(PaintedText.wrapped("short\n", width: 20, style) == "short\n")
    #expect(PaintedText.wrapped("", width: 20, style) == "")
  }

  @Test func `what people see is the same text, wherever it is wrapped`() {
    let style = Style(isEnabled: false)
    let text = "a b  c\n\n" + String(repeating: "word ", count: 50) + "end\n  x\n"
    for width in 20...100 {
      let wrapped = PaintedText.wrapped(text, width: width, style)
      #expect(
        wrapped.split(whereSeparator: \.isWhitespace) == text.split(whereSeparator: \.isWhitespace)
      )
      #expect(wrapped.split(separator: "\n").allSatisfy { $0.count <= width })
    }
  }
}
