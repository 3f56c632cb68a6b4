import CorosKernel
import CorosLanguage
import CorosLanguageChecks
import CorosProgramChecks
import CorosPrograms
import CorosShellChecks
import Foundation
import Testing

@testable import CorosCommands
@testable import CorosShell

/// The inputs that fuzzing found interesting, run again.
@Suite struct CorpusTests {
  private static func inputs(_ folder: String) throws -> [URL] {
    let corpus = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Corpus/\(folder)")
    return try FileManager.default
      .contentsOfDirectory(at: corpus, includingPropertiesForKeys: nil)
      .sorted { $0.path < $1.path }
  }

  private static func text(_ input: URL) throws -> String {
    String(decoding: try Data(contentsOf: input), as: UTF8.self)
  }

  @Test func `the command language has no crash and no invalid place`() throws {
    let inputs = try Self.inputs("parser")
    #expect(!inputs.isEmpty)
    for input in inputs { CommandLanguageCheck.run(try Self.text(input)) }
  }

  @Test func `a live machine has no crash and no broken invariant`() throws {
    let inputs = try Self.inputs("shell")
    #expect(!inputs.isEmpty)
    for input in inputs { LiveMachineCheck.run(try Self.text(input), catalogue: .builtIn) }
  }

  @Test func `no typed program crashes the compiler or breaks an invariant`() throws {
    let inputs = try Self.inputs("programs")
    #expect(!inputs.isEmpty)
    for input in inputs { TypedProgramCheck.run(try Data(contentsOf: input)) }
  }

  @Test func `the fuzzers know each command, each word of the language and each program`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let known = Set(
      try Self.text(root.appending(path: "Fuzz/words.dict")).split(separator: "\n")
        .filter { $0.hasPrefix("\"") }.map { String($0.dropFirst().dropLast()) }
    )
    let words =
      CommandTable.all.names + ProgramWords.definitions
      + ProgramWords.statements + ProgramWords.inner + Catalogue.builtIn.programs.map(\.name)
    #expect(words.count > 150)
    #expect(words.filter { !known.contains($0) } == [])
  }
}
