import CorosTestSupport
import Foundation
import Testing

@testable import CorosCommands
@testable import CorosLanguage
@testable import CorosShell

/// The page about exploring shows what the shell prints, and how soon each way finds what is wrong with the classics.
@Suite(.timeLimit(.minutes(15))) struct ExploringPageTests {
  private static let page = URL(
    filePath: packageFolder + "/Sources/CorosShell/CorosShell.docc/Exploring.md"
  )
  private static let programs =
    ((try? FileManager.default.contentsOfDirectory(atPath: packageFolder + "/Examples/exploring"))
    ?? []).filter { $0.hasSuffix(".coros") }.map { String($0.dropLast(6)) }.sorted()
  private static let ways = [
    "dfs", "bound", "delay", "dpor", "source", "random", "mix", "pct", "pos", "urw",
  ]

  /// How many schedules a way tries until one fails.
  private func count(_ program: String, _ way: String) throws -> String {
    let text = try String(
      contentsOfFile: packageFolder + "/Examples/exploring/\(program).coros",
      encoding: .utf8
    )
    let session = TestShell.json()
    #expect(session.run(text) == 0, "\(program)")
    _ = session.host.takeSeen()
    let line = session.type("explore \(way) --runs 10000 --no-shrink").split(separator: "\n").first
    let json = try #require(line.flatMap { JSON(parsing: $0) })
    guard case .int(let run)? = json["run"] else { return "–" }
    return grouped(run + 1)
  }

  @Test func `the table shows what each way needs`() throws {
    var table = "| program | \(Self.ways.map { "`\($0)`" }.joined(separator: " | ")) |\n|---|"
    table += String(repeating: "---:|", count: Self.ways.count) + "\n"
    #expect(Self.programs.count >= 9)
    for program in Self.programs {
      let counts = try Self.ways.map { try count(program, $0) }
      #expect(counts.contains { $0 != "–" }, "nothing finds \(program)")
      table += "| \(program) | \(counts.joined(separator: " | ")) |\n"
    }
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let parts = text.components(separatedBy: "<!-- table -->\n")
    let rest = try #require(parts.last?.components(separatedBy: "<!-- /table -->"))
    let expected = parts[0] + "<!-- table -->\n" + table + "<!-- /table -->" + rest[1]
    if TranscriptFiles.isRecording {
      try expected.write(to: Self.page, atomically: true, encoding: .utf8)
    } else {
      #expect(text == expected)
    }
  }

  /// What a way finds, without the numbers of tasks: of those that are alike one stands for the others.
  private func failures(_ program: String, _ way: String) throws -> Set<String> {
    let text = try String(
      contentsOfFile: packageFolder + "/Examples/exploring/\(program).coros",
      encoding: .utf8
    )
    let session = TestShell.json()
    #expect(session.run(text) == 0, "\(program)")
    _ = session.host.takeSeen()
    let lines = session.type("explore \(way) --all --no-shrink").split(separator: "\n")
    let found = lines.compactMap { JSON(parsing: String($0)) }
    #expect(found.last?["stopped"] == .string("exhausted"), "\(program) \(way)")
    return Set(
      found.filter { $0["failure"] != nil }.map { failure in
        let kind = failure["kind"]?.text ?? ""
        return kind == "\"failed\""
          ? kind + (failure["text"]?.text ?? "").filter { !$0.isNumber } : kind
      }
    )
  }

  @Test(arguments: programs)
  func `what goes wrong in all states goes wrong in merged ones`(_ program: String) throws {
    let all = try failures(program, "states")
    #expect(!all.isEmpty)
    #expect(try failures(program, "merged") == all)
  }

  @Test func `the session has the output that the page shows`() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let shown = try #require(
      text.components(separatedBy: "```console\n").dropFirst().first?.components(separatedBy: "```")
        .first
    )
    let session = TestShell()
    var seen = ""
    for line in shown.split(separator: "\n") where line.hasPrefix("coros> ") {
      seen += "\(line)\n" + session.type(String(line.dropFirst("coros> ".count)))
    }
    #expect(seen == shown)
  }
}
