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

  #if DEBUG
    private static let times = 20
  #else
    private static let times = 1_000
  #endif

  @Test(arguments: samples)
  func `a program gives the same events each time, also from the same code`(line: String) throws {
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
