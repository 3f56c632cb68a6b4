import CorosTestSupport
import Foundation
import Testing

/// What the tutorial has its readers type outside of coros prints what the page shows.
@Suite(.timeLimit(.minutes(15))) struct TutorialTests {
  private static let page =
    (try? String(
      contentsOfFile: packageFolder + "/Sources/CorosShell/CorosShell.docc/FromARaceToAProof.md",
      encoding: .utf8
    )) ?? ""

  /// The blocks of a language.
  private static func blocks(_ language: String) -> [String] {
    page.components(separatedBy: "```\(language)\n").dropFirst()
      .compactMap { $0.components(separatedBy: "```").first }
  }

  @Test func `the script keeps the proof, and finds what breaks it`() throws {
    let folder = try TemporaryFolder()
    let script = try #require(Self.blocks("sh").first)
    try folder.write("bank.coros", script)
    let sessions = Self.blocks("console").filter { $0.hasPrefix("$ ") }
    #expect(sessions.count == 2)
    for shown in sessions {
      var seen = ""
      for line in shown.split(separator: "\n") where line.hasPrefix("$ ") {
        let outcome = try shell(
          "cd \"$1\" && program=\"$2\" && coros() { \"$program\" \"$@\"; } && eval \"$3\"",
          folder.path,
          corosProgram,
          String(line.dropFirst(2)),
          joinsErrors: true
        )
        seen += "\(line)\n" + outcome.output
      }
      #expect(seen == shown)
    }
  }
}
