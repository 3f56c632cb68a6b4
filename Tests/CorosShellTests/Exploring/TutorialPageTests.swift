import CorosTestSupport
import Foundation
import Testing

@testable import CorosShell

/// The tutorial shows what the shell prints when it is typed from beginning to end.
@Suite(.timeLimit(.minutes(15))) struct TutorialPageTests {
  private static let page = URL(
    filePath: packageFolder + "/Sources/CorosShell/CorosShell.docc/FromARaceToAProof.md"
  )
  private static let beginning = "```console\n"

  /// The page with what is printed now.
  ///
  /// Lines typed in one block can be relied on in the next, until a new session begins.
  private func page(_ text: String) -> String {
    text.components(separatedBy: "<!-- a new session -->").map { part in
      let session = TestShell()
      return part.components(separatedBy: Self.beginning).enumerated().map { index, piece in
        guard index > 0, piece.hasPrefix("coros> "), let end = piece.firstRange(of: "```") else {
          return piece
        }
        var seen = ""
        for line in piece[..<end.lowerBound].split(separator: "\n")
        where line.hasPrefix("coros> ") {
          seen += "\(line)\n" + session.type(String(line.dropFirst("coros> ".count)))
        }
        return seen + piece[end.lowerBound...]
      }.joined(separator: Self.beginning)
    }.joined(separator: "<!-- a new session -->")
  }

  @Test func `every line that is typed prints what the page shows`() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let expected = page(text)
    #expect(text.components(separatedBy: "\ncoros> ").count > 40)
    if TranscriptFiles.isRecording {
      try expected.write(to: Self.page, atomically: true, encoding: .utf8)
    } else {
      #expect(text == expected)
    }
  }

  @Test func `the README leads to it`() throws {
    let readme = try String(contentsOfFile: packageFolder + "/README.md", encoding: .utf8)
    #expect(readme.contains("](Sources/CorosShell/CorosShell.docc/FromARaceToAProof.md)"))
  }
}
