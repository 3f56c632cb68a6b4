import CorosExplore
import CorosKernel
import Testing

/// One schedule of each class: how many classes there are was counted elsewhere, by other means.
@Suite(.timeLimit(.minutes(15))) struct ClassTests {
  private static let guarded: [(Model, classes: Int, failing: Int)] = [
    (.readers(2), 4, 0), (.readers(8), 256, 0), (.lastzero(4), 28, 0), (.philosophers(2), 3, 1),
    (.philosophers(3), 7, 1), (.philosophers(5), 31, 1), (.orderedPhilosophers(4), 14, 0),
    (.lostUpdate(2), 4, 2), (.lostUpdate(3), 36, 30), (.lockedUpdate(3), 6, 0), (.ainc(6), 720, 0),
    (.casrot(5), 120, 0), (.account, 6, 2), (.abba, 3, 1), (.reorder(3), 36, 16),
    (.twostage(2), 3, 1), (.boundedBuffer(4, 2), 27, 0), (.channel(3), 30, 0), (.trylock(3), 24, 0),
    (.joinResult, 1, 0), (.popl, 5, 0), (.order3(10), 3, 1), (.spawned(3), 36, 30),
  ]

  @Test(arguments: guarded)
  func `each class is tried once, without calls that wait`(
    _ model: Model,
    _ classes: Int,
    _ failing: Int
  ) throws {
    let report = try model.all(.dpor(attempts: false))
    #expect(report.classes == classes)
    #expect(report.failing == Count(failing))
    #expect(report.cut == 0)
    #expect(report.isExhausted)
  }

  private static let attempted: [(Model, classes: Int, failing: Int)] = [
    (.philosophers(2), 5, 1), (.philosophers(3), 37, 1), (.philosophers(5), 841, 1),
    (.orderedPhilosophers(4), 208, 0), (.lockedUpdate(3), 30, 0), (.account, 30, 10), (.abba, 9, 1),
    (.twostage(2), 10, 4), (.boundedBuffer(4, 2), 289, 0), (.channel(3), 84, 0),
    (.lostUpdate(3), 36, 30), (.joinResult, 2, 0),
  ]

  @Test(arguments: attempted)
  func `each class is tried once, with calls that wait`(
    _ model: Model,
    _ classes: Int,
    _ failing: Int
  ) throws {
    let report = try model.all(.dpor(attempts: true))
    #expect(report.classes == classes)
    #expect(report.failing == Count(failing))
    #expect(report.cut == 0)
    #expect(report.isExhausted)
  }

  @Test func `a deadlock that classes lead to is one of the plain kernel, too`() throws {
    let report = try Model.philosophers(5).explorer.explore(.dpor(attempts: false))
    let failure = try #require(report.failures.first)
    #expect(failure.tasks == [1, 2, 3, 4, 5])
    #expect(failure.size == .init(preemptions: 1, switches: 5, steps: 10))
  }

  @Test func `the order in which children end matters to a parent that takes any`() throws {
    func classes(takesAny: Bool) throws -> Int {
      let explorer = Explorer { scheduler in
        try scheduler.createTask { os in
          for _ in 0..<2 { _ = try await os.newTask { os in try await os.yield() } }
          if takesAny { _ = try await os.waitAnyChild() }
        }
      }
      return try #require(try explorer.explore(.dpor(attempts: false)).classes)
    }
    #expect(try classes(takesAny: false) == 1)
    #expect(try classes(takesAny: true) > 1)
  }

  @Test func `async tasks have the same classes`() throws {
    let explorer = Explorer { scheduler in
      for _ in 0..<3 {
        try scheduler.createTask { os in
          try await os.call(Bump())
        }
      }
    }
    var limits = ExplorationLimits()
    limits.all = true
    #expect(try explorer.explore(.dpor(attempts: false), limits: limits).classes == 6)
    #expect(try explorer.explore(.dfs, limits: limits).schedules == Count(90))
  }

  /// A call of which is not known what it touches.
  private struct Bump: SystemCall {
    func handle(in kernel: KernelContext) -> Disposition<Void> { .reply(()) }
  }
}
