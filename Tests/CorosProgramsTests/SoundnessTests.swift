import CorosKernel
import CorosPrograms
import Testing

/// What holds for every program, whatever is done to it and whenever.
@Suite struct SoundnessTests {
  @Test(arguments: samples, [1, 4, 1_000])
  func `a program ends, or goes on, and nothing breaks`(line: String, quantum: Tick) throws {
    let run = try ProgramRun(line, quantum: quantum, limits: Limits(tasks: 50))
    let outcome = run.run(ticks: 1_000)
    #expect((outcome == .allFinished) == !endless.contains(line), "\(outcome)")
  }

  @Test(arguments: samples)
  func `a program gives the same events twice, also from the same code`(line: String) throws {
    let (program, code) = try ProgramRun.prepare(line)
    var runs: [[Event]] = []
    for _ in 1...2 {
      let run = try ProgramRun(limits: Limits(tasks: 30))
      try run.spawn(program.name, code)
      run.run(ticks: 400)
      runs.append(run.events)
    }
    #expect(runs[0] == runs[1])
    let again = try ProgramRun(line, limits: Limits(tasks: 30))
    again.run(ticks: 400)
    #expect(runs[0] == again.events)
  }

  @Test func `all programs at once give the same events twice`() throws {
    var runs: [[Event]] = []
    for _ in 1...2 {
      let run = try ProgramRun(seed: 7, limits: Limits(tasks: 150))
      for line in samples { try run.spawn(line) }
      run.run(ticks: 2_000)
      runs.append(run.events)
      run.scheduler.shutdown()
      run.check()
      #expect(run.scheduler.liveTaskCount == 0)
    }
    #expect(runs[0] == runs[1])
  }

  @Test(arguments: samples)
  func `a scheduler can go away with a program half-way`(line: String) throws {
    for steps in [0, 1, 2, 5, 20] {
      let run = try ProgramRun(line, limits: Limits(tasks: 50))
      run.step(steps)
    }
  }
}
