import Foundation
import Testing

/// The documentation and its tests agree: each piece of Swift in the documentation is in a test.
@Suite(.timeLimit(.minutes(15))) struct DocumentationSnippetTests {
  /// The root of the package.
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let articles: [String] = {
    let catalogues = ["CorosHistory", "CorosIO", "CorosKernel", "CorosSync", "CorosTesting"].map {
      "Sources/\($0)/\($0).docc"
    }
    return ["README.md", "CONTRIBUTING.md"]
      + catalogues.flatMap { files(in: $0) { $0.hasSuffix(".md") } }
  }()

  private static let tests: [String] =
    [
      "CorosHistoryTests", "CorosIOTests", "CorosKernelTests", "CorosProgramsTests",
      "CorosShellTests", "CorosSyncTests", "CorosTestingTests",
    ].flatMap {
      files(in: "Tests/\($0)") { $0.hasPrefix("DocumentationTests") }
    }

  private static func files(in folder: String, _ isWanted: (String) -> Bool) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: folder).path
    )
    return (names ?? []).filter(isWanted).sorted().map { folder + "/" + $0 }
  }

  @Test func `there are snippets to check`() {
    #expect(Self.articles.count > 8)
    #expect(Self.tests.count > 3)
  }

  @Test(arguments: articles)
  func `each piece of Swift is in a test`(article: String) throws {
    let tests = try Self.tests.map {
      try Self.lines(String(contentsOf: Self.root.appending(path: $0), encoding: .utf8))
    }
    let text = try String(contentsOf: Self.root.appending(path: article), encoding: .utf8)
    for snippet in Self.snippets(in: text) {
      let lines = Self.lines(snippet).filter {
        !$0.hasPrefix("import ") && !$0.hasPrefix("package import ")
      }
      #expect(tests.contains { Self.stands(lines, in: $0) }, "\(article):\n\(snippet)")
    }
  }

  private static func snippets(in text: String) -> [String] {
    text.components(separatedBy: "```swift\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
  }

  /// The significant lines, without indentation and comments at their ends.
  private static func lines(_ text: String) -> [String] {
    text.components(separatedBy: "\n").compactMap { line in
      let code = line.components(separatedBy: "  // ")[0].trimmingCharacters(in: .whitespaces)
      return code.isEmpty ? nil : code
    }
  }

  /// Whether a test contains the lines in order, perhaps inside checks, with only a few lines between them.
  private static func stands(_ lines: [String], in test: [String]) -> Bool {
    guard let first = lines.first else { return true }
    let longest = 2 * lines.count + 4
    for start in test.indices where test[start].contains(first) {
      var rest = lines[...]
      for line in test[start...].prefix(longest) {
        if let next = rest.first, line.contains(next) { rest.removeFirst() }
      }
      if rest.isEmpty { return true }
    }
    return false
  }
}
