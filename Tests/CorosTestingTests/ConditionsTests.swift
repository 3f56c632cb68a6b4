import CorosExplore
import CorosKernel
import CorosTesting
import Synchronization
import Testing

/// Traits say under which seeds and policies a test runs, or in which schedule.
@Suite(.timeLimit(.minutes(15))) struct ConditionsTests {
  /// What the runs of each test have drawn, which are made in turn.
  private static let drawn = Mutex<[String: [Int]]>([:])

  private static func note(_ number: Int, _ test: String = #function) -> [Int] {
    drawn.withLock {
      $0[test, default: []].append(number)
      return $0[test, default: []]
    }
  }

  @Test(.seeds(1...3)) func `a test runs with each seed`() throws {
    var number = 0
    try simulate { os in number = try await os.random(below: 1_000_000_000) }
    let numbers = Self.note(number)
    #expect(Set(numbers).count == numbers.count)
    #expect(numbers.count <= 3)
  }

  @Test(.seeds([5, 6, 7])) func `no more seeds are tried after one that fails`() throws {
    let runs = Self.note(0)
    #expect(runs.count == 1)
    let texts = try issues { try simulate { os in try check(false, "never") } }
    #expect(texts.count == 1)
  }

  @Test(.seeds(1...4)) func `samplers draw with the seed`() throws {
    let report = try explore(.random, limits: Self.tenRuns) { os in
      for _ in 0..<3 { _ = try await os.newTask { os in try await os.yield() } }
    }
    #expect(report.runs == 10)
  }

  private static var tenRuns: ExplorationLimits {
    var limits = ExplorationLimits.forTests
    limits.runs = 10
    return limits
  }

  // MARK: Policies

  @Test(.policies(.all)) func `tasks end under every policy`() throws {
    try simulate { os in
      for _ in 0..<2 { _ = try await os.newTask { os in try await os.yield() } }
    }
  }

  @Test(.policies(.named("rr:quantum=2", "FCFS")))
  func `policies are named as they are typed`() throws {
    let texts = try issues {
      try expectTimeline("A: ##-#\nB: --#") { scheduler in
        try scheduler.createTask("A") { os in try await os.compute(2) }
        try scheduler.createTask("B") { _ in }
      }
    }
    let runs = Self.note(texts.count)
    // Under `rr` the picture is right; first in, first out lets A run to its end.
    #expect(runs == [0] || runs == [0, 1])
    if runs.count == 2 { #expect(texts[0].hasPrefix("under fifo tasks did something else:")) }
  }

  @Test(.policies(.each({ LastFirst() }))) func `policies of one's own can be tried`() throws {
    try expectTimeline("A: -#\nB: #") { scheduler in
      for name in ["A", "B"] { try scheduler.createTask(name) { _ in } }
    }
  }

  /// The newest task first.
  private struct LastFirst: SchedulingPolicy {
    var stack: [TaskHandle] = []
    var description: String { "last first" }
    var order: [TaskHandle] { stack.reversed() }
    mutating func enqueue(_ task: TaskHandle, at now: Tick) { stack.append(task) }
    mutating func remove(_ task: TaskHandle) { stack.removeAll { $0 == task } }
    mutating func next(at now: Tick) -> Choice? { stack.popLast().map { Choice($0, slice: 1) } }
  }

  // MARK: Replaying

  /// Two tasks add 1 to a number, and one of the two is lost in some schedules.
  private static func losing() throws {
    try explore(.dpor) { os in
      let box = Box()
      for _ in 0..<2 {
        _ = try await os.newTask("add") { os in
          let seen = box.value
          try await os.yield()
          box.value = seen + 1
        }
      }
      for _ in 0..<2 { _ = try await os.waitAnyChild() }
      try check(box.value == 2, "an update is lost")
    }
  }

  @Test(.replaying("schedule1@0@manual@1x3.2.3x2.2.1x2"), .seeds(1...9))
  func `a schedule that fails is made again`() throws {
    let texts = try issues { try Self.losing() }
    #expect(texts.count == 1)
    #expect(
      texts[0].hasPrefix("replaying: a task failed\n  task 1 (main) failed: an update is lost")
    )
    #expect(texts[0].hasSuffix(".replaying(\"schedule1@0@manual@1x3.2.3x2.2.1x2\")"))
  }

  @Test(.replaying("schedule1@0@manual@1x3.2x2.3x2.1x2"))
  func `a schedule that passes is no issue, and no other is tried`() throws { try Self.losing() }

  @Test(.replaying("schedule1@0@manual@1x3.2.3x2.2.1x2"))
  func `a schedule can be made again in a simulation`() throws {
    let texts = try issues {
      try simulate { os in
        for _ in 0..<2 { _ = try await os.newTask { os in try await os.yield() } }
        for _ in 0..<2 { _ = try await os.waitAnyChild() }
        try check(false, "as ever")
      }
    }
    #expect(texts.count == 1)
  }

  @Test(.replaying("schedule1@0@manual@1.7"))
  func `a schedule that does not fit says where`() throws {
    let texts = try issues { try Self.losing() }
    #expect(
      texts == [
        "the schedule does not fit: in step 2 task 7 cannot run, only 1, 2; "
          + "have the tasks changed since it was printed? Explore them again without it"
      ]
    )
  }

  @Test func `words that are wrong are refused with the way out`() async throws {
    let test = try #require(Test.current)
    await #expect(throws: (any Error).self) {
      try await ReplayTrait.replaying("schedule1@x").provideScope(for: test, testCase: nil) {}
    }
    let typo = PoliciesTrait.policies(.named("rr", "no such policy"))
    let error = await #expect(throws: PolicyError.self) {
      try await typo.provideScope(for: test, testCase: Test.Case.current) {}
    }
    #expect(
      error.map { "\($0)" }?.hasPrefix("there is no policy 'no such policy'; one of: rr, fifo")
        ?? false
    )
  }
}
