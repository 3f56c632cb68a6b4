import CorosTestSupport
import Foundation
import Testing

/// The version is written once; whatever names it says the same.
@Suite struct VersionTests {
  private func version() throws -> String {
    let words = try coros("--version").output.split(whereSeparator: \.isWhitespace)
    try #require(words.count == 2 && words[0] == "coros")
    return String(words[1])
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: packageFolder + "/" + path, encoding: .utf8)
  }

  @Test func `it is three numbers`() throws {
    let parts = try version().split(separator: ".", omittingEmptySubsequences: false)
    #expect(parts.count == 3)
    #expect(parts.allSatisfy { UInt($0).map(String.init) == String($0) })
  }

  @Test func `the changelog begins with it, and with its day`() throws {
    let heads = try text("CHANGELOG.md").split(separator: "\n").filter { $0.hasPrefix("## ") }
    let page = try coros("--reference", "man").output
    let title = try #require(page.split(separator: "\n").first { $0.hasPrefix(".TH ") })
    let date = title.split(separator: "\"")[5]
    #expect(heads.first.map(String.init) == "## \(try version()), \(date)")
    // The newest first, each once, each with its day.
    let numbers = heads.map { $0.dropFirst(3).prefix { $0 != "," } }
    #expect(
      numbers
        == numbers.sorted {
          $0.compare($1, options: .numeric) == .orderedDescending
        }
    )
    #expect(Set(numbers).count == heads.count)
    for head in heads {
      #expect(head.wholeMatch(of: /## [0-9.]+, [0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil, "\(head)")
    }
  }

  @Test func `the manual page, pages and results name it`() throws {
    let version = try version()
    let folder = try TemporaryFolder()
    #expect(
      try coros("--reference", "man").output.contains("\"coros \(version)\"")
    )
    let made = try coros(
      "-c",
      """
      shared n = 0; program bump { n = n + 1 }; spawn bump x2
      export --html '\(folder.file("page"))'
      explore dfs --out '\(folder.file("results"))'
      """
    )
    #expect(made.exit == .code(0), "\(made.errors)")
    let page = folder.read("page") ?? ""
    #expect(page.contains("<meta name=\"generator\" content=\"coros \(version)\">"))
    let first = folder.read("results")?.split(separator: "\n").first ?? ""
    #expect(first.contains("\"version\":\"\(version)\""))
  }

  @Test func `no other file of the program or of its scripts writes it down`() throws {
    let version = try version()
    let found = try shell(
      "grep -rlF \"$1\" Sources scripts Makefile Dockerfile .github --include='*' || true",
      "\"\(version)\""
    )
    #expect(found.output == "Sources/coros/Version.swift\n")
  }
}
