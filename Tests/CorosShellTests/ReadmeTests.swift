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
