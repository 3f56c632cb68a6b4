import CorosInsight
import CorosInsightTestSupport
import CorosKernel
import Foundation
import Testing

@testable import CorosExports
@testable import CorosFiles

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct TimelinePictureTests {
  /// What an independent parser finds in a picture.
  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [String: Int] = [:]
    var texts: [String] = []
    var classes: Set<String> = []

    func parser(
      _ parser: XMLParser,
      didStartElement name: String,
      namespaceURI: String?,
      qualifiedName: String?,
      attributes: [String: String]
    ) {
      elements[name, default: 0] += 1
      for word in attributes["class", default: ""].split(separator: " ") {
        classes.insert(String(word))
      }
      texts.append("")
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      texts[texts.count - 1] += text
    }
  }

  private func read(_ picture: TimelinePicture) -> Reader? {
    let reader = Reader()
    let parser = XMLParser(data: Data(picture.text.utf8))
    parser.delegate = reader
    return parser.parse() ? reader : nil
  }

  @Test func `the picture is XML with all rows and figures`() throws {
    var first = row(1, "a", "#-wzs#")
    first.figures = TimelineFigures(arrival: 0, firstRun: 0, end: 46, wait: 17)
    let picture = TimelinePicture(
      title: "rr quantum=1",
      subtitle: "two tasks",
      rows: [first, row(2, "b", "..~-#LL")],
      range: 0..<7
    )
    let reader = try #require(read(picture))
    #expect(reader.elements["svg"] == 1 && reader.elements["style"] == 1)
    #expect(reader.elements["script"] == nil && reader.elements["image"] == nil)
    for state in TimelineState.allCases { #expect(reader.classes.contains(state.rawValue)) }
    for text in ["rr quantum=1", "two tasks", "1 a", "2 b", "0", "5", "46", "17", "not arrived"] {
      let found = reader.texts.contains {
        $0.split { $0.isWhitespace }.joined(separator: " ") == text
      }
      #expect(found, "\(text)")
    }
    #expect(picture.text.contains("prefers-color-scheme: dark"))
    #expect(picture.text.components(separatedBy: "http").count == 2, "only the name space")
    #expect(picture.text.hasPrefix(TimelinePicture.kind.beginning))
  }

  @Test func `how rows end is marked, and the averages of those that ended stand below`() throws {
    let ends: [(TimelineMark?, Tick)] = [(.exited, 4), (.killed, 7), (.failed, 6), (nil, 0)]
    var rows = ends.enumerated().map { index, end in
      var row = row(TaskID(rawValue: index + 1), "a", "##")
      if let mark = end.0 {
        row.figures = TimelineFigures(arrival: 0, firstRun: 1, end: end.1, ending: mark)
      }
      return row
    }
    rows[3].isDeadlocked = true
    let picture = TimelinePicture(title: "", subtitle: "", rows: rows, range: 0..<7)
    let reader = try #require(read(picture))
    for mark in TimelineMark.allCases {
      #expect(reader.classes.contains(mark.rawValue))
      #expect(reader.texts.contains { $0.contains(mark.legend) })
    }
    #expect(reader.texts.contains { $0.contains("average of 3") })
    #expect(reader.texts.contains { $0.hasPrefix("5.67") }, "the average turnaround")
    // An end behind the range is not in the picture.
    let before = TimelinePicture(title: "", subtitle: "", rows: [rows[1]], range: 0..<5)
    #expect(try #require(read(before)).classes.contains("killed") == false)
  }

  @Test func `the picture is XML, whatever the name of a task`() throws {
    let names = [
      "<script>alert(1)</script>", "a & b", "\"'", "]]>", "--><svg>", "\u{0}\u{1}\u{B}\u{1F}\u{7F}",
      "\u{FFFE}\u{FFFF}\u{2028}", "日本語 🙂", "e\u{301}\u{301}", "\u{202E}abc",
      String(repeating: "x", count: 9_999),
    ]
    for name in names {
      let picture = TimelinePicture(
        title: name,
        subtitle: name,
        rows: [row(1, name, "#")],
        range: 0..<1
      )
      let reader = try #require(read(picture), "\(name)")
      #expect(reader.elements["script"] == nil && reader.elements["svg"] == 1)
    }
  }

  @Test func `the size of the picture does not grow with the run`() {
    func size(_ ticks: Tick) -> Int {
      let spans = (0..<ticks / 2).map {
        TimelineSpan(state: $0.isMultiple(of: 3) ? .running : .ready, from: 2 * $0, to: 2 * $0 + 2)
      }
      let row = TimelineRow(tid: 1, name: "a", spans: spans, figures: TimelineFigures(arrival: 0))
      return TimelinePicture(title: "", subtitle: "", rows: [row], range: 0..<ticks).text.utf8.count
    }
    #expect(size(200_000) < 100_000)
    #expect(size(200_000) < 4 * size(600))
  }
}
