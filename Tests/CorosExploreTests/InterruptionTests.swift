import CorosExplore
import CorosKernel
import Testing

/// Whoever interrupts an exploration keeps what it has found.
@Suite(.timeLimit(.minutes(15))) struct InterruptionTests {
  /// Three tasks with so many schedules that nobody sees the end.
  private static func endless(_ scheduler: Scheduler) throws {
    for number in 1...3 {
      try scheduler.createTask("task \(number)") { os in
        for _ in 0..<8 { try await os.yield() }
        if number == 1 { throw SystemCallError.invalidArgument("as ever") }
      }
    }
  }

  @Test(arguments: [Strategy.dfs, .random, .dpor, .auto])
  func `who makes the tasks can interrupt, while failures are shrunk, too`(
    _ strategy: Strategy
  ) throws {
    var left = 50
    let explorer = Explorer { scheduler in
      left -= 1
      if left < 0 { throw ExplorationInterrupted() }
      try Self.endless(scheduler)
    }
    var limits = ExplorationLimits()
    limits.all = true
    let report = try explorer.explore(strategy, limits: limits)
    #expect(report.failures.count == 1)
    #expect(report.failures[0].minimal == .found || strategy == .dpor)
    #expect(report.stopped == .interrupted || strategy == .dpor)
    #expect(report.runs > 0)
  }

  @Test(arguments: [Strategy.auto, .dfs, .random, .bound(preemptions: 3)])
  func `async tasks that are interrupted have been run, and their failures are kept`(
    _ strategy: Strategy
  ) throws {
    var explorer = Explorer(Self.endless)
    var asked = 0
    explorer.progress = { progress in
      asked += 1
      #expect(progress.runs > 0)
      return .interrupted
    }
    var limits = ExplorationLimits()
    limits.all = true
    let report = try explorer.explore(strategy, limits: limits)
    #expect(asked == 1)
    #expect(report.stopped == .interrupted)
    #expect(report.runs > 100)
    #expect(report.failing == Count(report.runs))
    #expect(report.failures.count == 1)
    #expect(report.failures[0].size.preemptions == 0)
    #expect(!report.isExhausted)
  }

  @Test(arguments: [
    Strategy.states, .merged, .dfs, .dpor(attempts: false), .source(attempts: false), .random,
    .bound(preemptions: 1),
  ])
  func `a limit of steps is reached, and never passed`(_ strategy: Strategy) throws {
    for model in [Model.philosophers(3), .boundedBuffer(2, 1), .account] {
      for most in 1...60 {
        let report = try model.all(strategy) { $0.steps = most }
        if report.stopped == .steps {
          #expect(report.steps == most)
        } else {
          #expect(report.stopped == .exhausted)
          #expect(report.steps <= most)
        }
      }
    }
  }
}
