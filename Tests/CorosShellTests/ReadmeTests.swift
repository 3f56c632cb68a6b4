import Foundation
import Testing

@testable import CorosCommands
@testable import CorosShell

/// The sessions in the README show what the shell really prints.
@Suite struct ReadmeTests {
  /// The sessions: the typed lines, and their output.
  private static let sessions: [String] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../README.md")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "```console\n").dropFirst()
      .compactMap { $0.components(separatedBy: "```").first }
      .filter { $0.hasPrefix("coros> ") }
  }()

  @Test func `there are sessions`() {
    #expect(Self.sessions.count >= 5)
  }

  @Test func `each picture is there, and has words for those who do not see it`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let text = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
    let pictures = text.matches(of: /!\[([^\]]*)\]\(([^)]*)\)/)
    #expect(pictures.count == 4)
    for picture in pictures {
      #expect(picture.1.count > 30)
      let file = try Data(contentsOf: folder.appending(path: String(picture.2)))
      #expect((1_000..<200_000).contains(file.count), "\(picture.2)")
    }
  }

  @Test(arguments: sessions)
  func `a session has the output that the README shows`(_ shown: String) {
    let session = TestShell()
    var seen = ""
    for line in shown.split(separator: "\n") where line.hasPrefix("coros> ") {
      seen += "\(line)\n" + session.type(String(line.dropFirst("coros> ".count)))
    }
    #expect(seen == shown)
  }
}
