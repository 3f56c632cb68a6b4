import CorosKernel
import CorosPrograms
import CorosSync
import Testing

@Suite(.timeLimit(.minutes(15))) struct MessageProgramsTests {
  @Test(arguments: [
    (false, ["middle has done its work", "high has the bus"]),
    (true, ["high has the bus", "middle has done its work"]),
  ])
  func `pathfinder shows inversion, and donation cures it`(
    isLending: Bool,
    expected: [String]
  ) throws {
    let run = try ProgramRun("pathfinder", policy: HighestPriorityFirst(isLending: isLending))
    #expect(run.run() == .allFinished)
    #expect(run.output.map { String($0.dropFirst(3)) } == expected)
  }

  @Test func `the mailman takes express letters first, and keeps the order of the others`() throws {
    let run = try ProgramRun("mailman")
    #expect(run.run() == .allFinished)
    #expect(
      run.output == [
        "2: first: express letter of ann", "2: first: express letter of bob",
        "2: first: express letter of cem", "2: then: letter of ann", "2: then: letter of bob",
        "2: then: letter of cem", "1: all letters are delivered",
      ]
    )
  }

  @Test func `a supervisor starts what crashes again, and gives up in the end`() throws {
    let run = try ProgramRun("supervisor rest_for_one 1")
    #expect(run.run() == .allFinished)
    #expect(
      run.output.filter { !$0.hasSuffix("well") }.map { String($0.dropFirst(3)) } == [
        "start a", "start b", "start c", "stop c", "start b", "start c",
      ]
    )
    #expect(run.output.last == "1: all have ended well")
    let other = try ProgramRun("supervisor one_for_one 9")
    #expect(other.run() == .allFinished)
    #expect(
      other.status(of: 1)
        == .failed("b ended (failed: crashed) after 3 restarts within 100 ticks")
    )
  }

  /// Runs programs joined by pipes.
  private func pipeline(_ lines: String...) throws -> ProgramRun {
    let run = try ProgramRun()
    let tids = try lines.map { try run.spawn($0) }
    for (writer, reader) in zip(tids, tids.dropFirst()) {
      #expect(try run.scheduler.perform(JoinTasks(writer, to: reader)))
    }
    return run
  }

  @Test func `a pipe leads from program to program`() throws {
    let run = try pipeline("count 20", "grep 1", "wc")
    #expect(run.run() == .allFinished)
    #expect(run.output == ["3: lines 11, words 11, characters 21"])
    #expect(run.endings == ["1: exited 0", "2: exited 0", "3: exited 0"])
  }

  @Test func `who reads no more ends who writes`() throws {
    let run = try pipeline("count 1000", "head 2")
    #expect(run.run() == .allFinished)
    #expect(run.output == ["2: 1", "2: 2"])
    #expect(run.status(of: 1) == .failed("nobody reads pipe 1 any more"))
    #expect(try ProgramRun("wc").run() == .allFinished)
  }
}
