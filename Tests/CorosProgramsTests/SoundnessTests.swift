import CorosKernel
import CorosPrograms
import Testing

/// Properties of every program, whatever is done to it.
@Suite struct SoundnessTests {
  @Test(arguments: samples, [1, 4, 1_000])
  func `a program ends, or keeps running, and all invariants hold`(
    line: String,
    quantum: Tick
  ) throws {
    let run = try ProgramRun(line, quantum: quantum, limits: Limits(tasks: 50))
    let outcome = run.run(ticks: 1_000)
    if quantum > 1, luckyInLongTurns.contains(line) { return }
    #expect((outcome == .allFinished) == !endless.contains(line), "\(outcome)")
  }

  #if DEBUG
    private static let times = 20
  #else
    private static let times = 1_000
  #endif

  @Test(arguments: samples)
  func `a program gives the same events each time, even from the same code value`(
    line: String
  ) throws {
    let words = line.split(separator: " ").map(String.init)
    let program = try #require(Catalogue.builtIn[words[0]])
    for form in program.forms {
      func code() throws -> TaskCode {
        try program.code(arguments: Array(words.dropFirst()), form: form)
      }
      func events(of code: TaskCode) throws -> [Event] {
        let scheduler = Scheduler(limits: Limits(tasks: 30))
        let log = EventLog()
        scheduler.add(log)
        for _ in 1...2 { try scheduler.createTask(words[0], code) }
        scheduler.run(ticks: 400)
        return log.events
      }
      let reused = try code()
      let first = try events(of: reused)
      #expect(try events(of: reused) == first)
      var different = 0
      for _ in 1...Self.times where try events(of: code()) != first { different += 1 }
      #expect(different == 0, "of \(Self.times) runs, \(form)")
    }
  }

  @Test func `all programs together give the same events twice`() throws {
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
  func `a scheduler can be dropped while a program runs`(line: String) throws {
    for steps in [0, 1, 2, 5, 20] {
      let run = try ProgramRun(line, limits: Limits(tasks: 50))
      run.step(steps)
    }
  }
}
