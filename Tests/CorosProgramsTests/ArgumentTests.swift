import CorosKernel
import CorosPrograms
import Testing

@Suite struct ArgumentTests {
  @Test(
    arguments: [
      ("count 0", "N must be a whole number from 1 to 1000000, not '0'"),
      ("count 1000001", "N must be a whole number from 1 to 1000000, not '1000001'"),
      ("count -1", "N must be a whole number from 1 to 1000000, not '-1'"),
      ("count ten", "N must be a whole number from 1 to 1000000, not 'ten'"),
      ("count 2.5", "N must be a whole number from 1 to 1000000, not '2.5'"),
      (
        "count 99999999999999999999",
        "N must be a whole number from 1 to 1000000, not '99999999999999999999'"
      ),
      ("job 0", "TICKS must be a whole number from 1 to 1000000, not '0'"),
      ("job 5 -1", "IO must be a whole number from 0 to 1000000, not '-1'"),
      ("job 5 1 -1", "IOTIME must be a whole number from 0 to 1000000, not '-1'"),
      ("proc i -1", "IOTIME must be a whole number from 0 to 1000000, not '-1'"),
      ("dice 0", "N must be a whole number from 1 to 10000, not '0'"),
      ("clock 0", "TICKS must be a whole number from 1 to 1000000, not '0'"),
      ("clock 10 0", "TIMES must be a whole number from 1 to 1000, not '0'"),
      ("sleepers 101", "N must be a whole number from 1 to 100, not '101'"),
      ("family 9", "DEPTH must be a whole number from 0 to 8, not '9'"),
      ("family -1", "DEPTH must be a whole number from 0 to 8, not '-1'"),
      ("fib 17", "N must be a whole number from 0 to 16, not '17'"),
      ("patience -5", "TICKS must be a whole number from 0 to 1000000, not '-5'"),
      ("stubborn many", "TIMES must be a whole number from 0 to 1000000, not 'many'"),
      ("circle 0", "N must be a whole number from 1 to 100, not '0'"),
    ]
  )
  func `a number is checked before anything is spawned`(line: String, message: String) throws {
    let error = try #require(throws: ProgramArgumentError.self) {
      try ProgramRun.prepare(line)
    }
    #expect(error.message == message)
    #expect(error.argument == line.split(separator: " ").count - 2)
    #expect(error.hint.hasPrefix("usage: \(line.split(separator: " ")[0])"))
  }

  @Test(
    arguments: [
      ("abba other", "ORDER must be opposite or same, not 'other'"),
      ("buffer left", "WAY must be right or wrong, not 'left'"),
      ("philosophers 5 2 hungry", "WAY must be naive, ordered or seats, not 'hungry'"),
    ]
  )
  func `a word is checked, too`(line: String, message: String) throws {
    let error = try #require(throws: ProgramArgumentError.self) {
      try ProgramRun.prepare(line)
    }
    #expect(error.message == message)
    #expect(error.argument == line.split(separator: " ").count - 2)
    #expect(error.hint.hasPrefix("usage: "))
  }

  @Test func `a missing argument is named`() throws {
    let error = try #require(throws: ProgramArgumentError.self) { try ProgramRun.prepare("fib") }
    #expect(error.message == "fib needs N, which Fibonacci number, counted from 0")
    #expect(error.argument == nil)
    #expect(error.hint == "usage: fib N")
  }

  @Test func `no program takes one argument too many`() throws {
    for program in Catalogue.builtIn.programs {
      let limit = program.parameters.count
      let error = try #require(throws: ProgramArgumentError.self) {
        try program.code(arguments: Array(repeating: "1", count: limit + 1))
      }
      #expect(error.argument == limit, "\(program.name)")
    }
  }

  @Test func `the largest numbers allowed still make tasks that can be run and killed`() throws {
    let lines = [
      "count 1000000", "job 1000000", "job 1000000 1 1000000",
      "proc c1000000,i 1000000", "dice 10000", "clock 1000000 1000", "sleepers 100",
      "family 8", "fib 16", "patience 1000000", "stubborn 1000000", "circle 100",
    ]
    for line in lines {
      let run = try ProgramRun(line)
      run.scheduler.run(ticks: 5_000)
      run.scheduler.shutdown()
      run.check()
      #expect(run.scheduler.liveTaskCount == 0, "\(line)")
    }
  }
}
