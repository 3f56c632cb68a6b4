import CorosKernel
import CorosPrograms
import Testing

/// The output of the programs that end by themselves, and how all their tasks end.
@Suite struct OutputTests {
  @Test func `hello`() throws {
    try expect("hello", ["1: Hello, world!"], endings: ["1: exited 0"])
  }

  @Test func `steps`() throws {
    try expect(
      "steps",
      [
        "1: part 1: started",
        "1: part 2: resumed where it had stopped",
        "1: part 3: resumed once more, and about to end",
      ],
      endings: ["1: exited 0"]
    )
  }

  @Test func `count`() throws {
    try expect("count 3", ["1: 1", "1: 2", "1: 3"], endings: ["1: exited 0"])
    try expect("count", (1...5).map { "1: \($0)" }, endings: ["1: exited 0"])
  }

  @Test func `race`() throws {
    try expect(
      "race",
      [
        "2: lap 1 of 3", "3: lap 1 of 6",
        "2: lap 2 of 3", "3: lap 2 of 6",
        "2: lap 3 of 3", "3: lap 3 of 6",
        "1: first: task 2",
        "3: lap 4 of 6", "3: lap 5 of 6", "3: lap 6 of 6",
        "1: second: task 3",
      ],
      endings: ["2: exited 0", "3: exited 0", "1: exited 0"]
    )
  }

  @Test func `whoami`() throws {
    try expect(
      "whoami",
      [
        "2: I am task 2", "3: I am task 3", "2: I am task 2", "3: I am task 3",
        "3: I am task 3", "3: I am task 3",
      ],
      endings: ["2: exited 0", "3: exited 0", "1: exited 0"]
    )
  }

  @Test func `clock`() throws {
    try expect(
      "clock 5 3",
      ["1: it is tick 6", "1: it is tick 14", "1: it is tick 22"],
      endings: ["1: exited 0"]
    )
  }

  @Test func `sleepers`() throws {
    try expect(
      "sleepers",
      [
        "4: slept for 10 ticks", "3: slept for 20 ticks", "2: slept for 30 ticks",
        "1: all are awake",
      ],
      endings: ["4: exited 0", "3: exited 0", "2: exited 0", "1: exited 0"]
    )
  }

  @Test func `a hundred sleepers wake youngest first`() throws {
    let run = try ProgramRun("sleepers 100")
    #expect(run.run() == .allFinished)
    let expected = (0..<100).map { "\(101 - $0): slept for \(10 * ($0 + 1)) ticks" }
    #expect(run.output == expected + ["1: all are awake"])
  }

  @Test func `family`() throws {
    try expect(
      "family",
      [
        "1: task 1 was born to task 0",
        "2: task 2 was born to task 1", "3: task 3 was born to task 1",
        "4: task 4 was born to task 2", "5: task 5 was born to task 2",
        "6: task 6 was born to task 3", "7: task 7 was born to task 3",
        "2: task 2 outlived tasks 4 and 5", "3: task 3 outlived tasks 6 and 7",
        "1: task 1 outlived tasks 2 and 3",
      ],
      endings: [4, 5, 6, 7, 2, 3, 1].map { "\($0): exited 0" }
    )
    try expect("family 0", ["1: task 1 was born to task 0"], endings: ["1: exited 0"])
  }

  @Test func `orphan`() throws {
    try expect(
      "orphan",
      ["1: the parent ends", "2: my parent is task 1", "2: now my parent is task 0"],
      endings: ["1: exited 0", "2: exited 0"]
    )
  }

  @Test func `fib`() throws {
    try expect(
      "fib 3",
      ["1: fib(3) = 2"],
      endings: [
        "4: exited 1", "5: exited 1", "6: exited 0", "3: exited 1", "2: exited 2", "1: exited 0",
      ]
    )
  }

  @Test func `patience`() throws {
    try expect(
      "patience 10",
      ["1: task 2 took too long, and was killed"],
      endings: ["2: killed", "1: exited 0"]
    )
    try expect(
      "patience 30",
      ["1: task 2 was done in time"],
      endings: ["2: exited 0", "1: exited 0"]
    )
  }

  @Test func `reaper`() throws {
    try expect(
      "reaper",
      [
        "2: I am alive", "2: I am alive", "2: I am alive",
        "1: task 2: alive before the kill", "1: task 2: killed",
      ],
      endings: ["2: killed", "1: exited 0"]
    )
  }

  @Test func `traffic`() throws {
    try expect(
      "traffic",
      [
        "2: kilometre 1", "2: kilometre 2", "1: red", "1: green",
        "2: kilometre 3", "2: kilometre 4", "1: red", "1: green",
        "2: kilometre 5", "2: kilometre 6", "1: the car has arrived",
      ],
      endings: ["2: exited 0", "1: exited 0"]
    )
  }

  @Test func `crash`() throws {
    try expect(
      "crash",
      ["1: about to crash"],
      endings: ["1: failed: crashed on purpose"]
    )
    try expect("crash ouch", ["1: about to crash"], endings: ["1: failed: ouch"])
  }

  private func expect(
    _ line: String,
    _ output: [String],
    endings: [String],
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let run = try ProgramRun(line)
    #expect(run.run() == .allFinished, sourceLocation: location)
    #expect(run.output == output, sourceLocation: location)
    #expect(run.endings == endings, sourceLocation: location)
  }
}
