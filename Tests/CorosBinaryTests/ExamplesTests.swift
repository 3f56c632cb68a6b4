import CorosLanguage
import CorosTestSupport
import Foundation
import Testing

/// The example scripts, run as a user would run them.
@Suite struct ExamplesTests {
  static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: packageFolder + "/Examples"))?
    .filter { $0.hasSuffix(".coros") }.map { String($0.dropLast(6)) }.sorted() ?? []

  private func run(_ name: String, _ options: String = "") throws -> BatchProgram.Outcome {
    try shell(
      "exec \"$1\" \(options) Examples/\(name).coros",
      corosProgram,
      joinsErrors: true
    )
  }

  @Test func `there are examples`() {
    #expect(Self.names.count >= 6)
  }

  @Test(arguments: names)
  func `an example has the status in its first line and the expected output, every time`(
    name: String
  ) throws {
    let text = try String(
      contentsOfFile: packageFolder + "/Examples/\(name).coros",
      encoding: .utf8
    )
    let digits = text.dropFirst("# Exit status ".count).prefix { $0.isNumber }
    let status = try #require(Int32(digits), "the first line says no exit status")
    let expected = try String(
      contentsOfFile: packageFolder + "/Examples/expected/\(name).txt",
      encoding: .utf8
    )
    for _ in 1...2 {
      let outcome = try run(name)
      #expect(outcome.exit == .code(status))
      #expect(outcome.output == expected)
    }
  }

  @Test(arguments: names)
  func `with --json an example writes one JSON value per line`(name: String) throws {
    let outcome = try run(name, "--json")
    let lines = outcome.output.split(separator: "\n")
    #expect(!lines.isEmpty)
    for line in lines {
      #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
    }
  }
}
