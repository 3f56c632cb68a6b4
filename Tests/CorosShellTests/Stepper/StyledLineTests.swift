import CorosKernel
import Testing

@testable import CorosLanguage
@testable import CorosShell

@Suite struct StyledLineTests {
  private static let texts = [
    "", "plain words and more of them", "日本語のテキスト", "a\u{301}b\u{301}c", "🙂🙃 and 👩‍🚀 or 👍🏽",
    "🇩🇪🇫🇷", "1️⃣ ❤️ ☺️", "tab\there\u{1B}[31m\u{07}\r\n", "\u{200B}\u{301}", "한국어 \u{1100}\u{1161}",
    "averyveryverylongwordthatfitsnowhere indeed",
  ]

  @Test(arguments: texts)
  func `a clipped line is no wider than asked, and a fitted one exactly so`(_ text: String) {
    let line = StyledLine(text, .name) + StyledLine(text)
    for width in 0...40 {
      let clipped = line.clipped(to: width, ellipsis: "…")
      #expect(clipped.width <= width)
      #expect(clipped.width == clipped.text.reduce(0) { $0 + $1.displayWidth })
      #expect(line.fitted(to: width, ellipsis: "…").width == width)
    }
    #expect(line.clipped(to: line.width, ellipsis: "…") == line)
  }

  @Test(arguments: texts)
  func `a wrapped line loses nothing but spaces, and no piece is too wide`(_ text: String) {
    let line = StyledLine(text)
    let whole = line.text.filter { $0 != " " }
    for width in 1...40 {
      let pieces = line.wrapped(to: width, indent: 3)
      #expect(pieces.allSatisfy { $0.width <= width })
      if width > 1 {
        #expect(pieces.map(\.text).joined().filter { $0 != " " } == whole)
      }
    }
  }

  @Test func `what is in a line is safe to draw`() {
    let line = StyledLine("\u{1B}[2J\u{07}\u{9B}1m\u{202E}x\n")
    let categories = line.text.unicodeScalars.map(\.properties.generalCategory)
    #expect(!categories.contains(.control) && !categories.contains(.format))
    #expect(StyledLine("👩‍🚀🇩🇪❤️").text == "👩DE❤")
  }

  @Test func `neighbours that look alike are one piece`() {
    var line = StyledLine("a", .name)
    line.append("b", .name)
    line.append("c")
    #expect(line.runs.map(\.text) == ["ab", "c"])
    #expect(line.marked.runs.map(\.isMarked) == [true, true])
  }
}
