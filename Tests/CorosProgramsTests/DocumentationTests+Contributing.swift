package import CorosKernel
import CorosPrograms
import Testing

// What CONTRIBUTING.md shows, as it stands there.

extension Program {
  /// A word that comes back.
  package static var echoes: Program {
    Program(
      "echoes",
      "writes a word N times, with longer and longer pauses",
      parameters: [Parameter("WORD", "the word"), Parameter("N", "how often", standard: "3")],
      lesson: "Each pause is one step, however long: a sleeping task costs no tick."
    ) { arguments throws(ProgramArgumentError) in
      let word = arguments[0]
      let times = try arguments.integer(1, in: 1...100)
      return .body { os in
        for pause in 1...times {
          try await os.write(word)
          try await os.sleep(10 * pause)
        }
      }
    }
  }
}

@Suite(.timeLimit(.minutes(15))) struct EchoesTests {
  @Test func `a word comes back`() throws {
    let run = try ProgramRun()
    try run.spawn("echoes", Program.echoes.code(arguments: ["hello", "2"]))
    #expect(run.run() == .allFinished)
    #expect(run.output == ["1: hello", "1: hello"])
    #expect(run.endings == ["1: exited 0"])
  }
}
