import CorosTestSupport
import Foundation
import Testing

/// What the tutorial has its readers type outside of coros prints what the page shows.
@Suite(.timeLimit(.minutes(15))) struct TutorialTests {
  private static let file =
    packageFolder + "/Sources/CorosShell/CorosShell.docc/FromARaceToAProof.md"
  private static let page = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""

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
    // As for transcripts: with this variable the page gets what is printed now.
    let isRecording = ProcessInfo.processInfo.environment["COROS_RECORD_TRANSCRIPTS"] == "1"
    var page = Self.page
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
      page = page.replacing(shown, with: seen)
      #expect(seen == shown || isRecording)
    }
    if isRecording { try page.write(toFile: Self.file, atomically: true, encoding: .utf8) }
  }
}
