import CorosExplore
import CorosKernel
import Testing

/// How many schedules programs have, and how many of them go wrong, was counted elsewhere by other means.
@Suite(.timeLimit(.minutes(15))) struct ScheduleCountTests {
  private static let counts: [(Model, schedules: Int, failing: Int)] = [
    (.readers(2), 90, 0), (.philosophers(2), 36, 4), (.philosophers(3), 77_064, 48),
    (.lostUpdate(2), 20, 12), (.lostUpdate(3), 1_680, 1_512), (.lockedUpdate(2), 42, 0),
    (.lockedUpdate(3), 6_786, 0), (.account, 11_301, 5_102), (.abba, 52, 4),
    (.reorder(3), 1_680, 480), (.twostage(2), 719, 48), (.boundedBuffer(2, 1), 185, 0),
    (.channel(3), 13_350, 0), (.trylock(3), 2_790, 0), (.peterson, 674, 436), (.phase01, 84, 0),
    (.conditionOnce, 29, 29), (.popl, 9_456, 0), (.spawned(3), 49_280, 42_240),
  ]

  @Test(arguments: counts)
  func `all schedules are tried, each once`(
    _ model: Model,
    _ schedules: Int,
    _ failing: Int
  ) throws {
    let report = try model.all(.dfs)
    #expect(report.schedules == Count(schedules))
    #expect(report.failing == Count(failing))
    #expect(report.isExhausted)
  }

  private static let bounded: [(Model, schedules: Int, failing: Int)] = [
    (.readers(2), 24, 0), (.philosophers(2), 10, 2), (.philosophers(3), 96, 3),
    (.philosophers(5), 7_960, 5), (.orderedPhilosophers(4), 846, 0), (.lostUpdate(2), 6, 2),
    (.lostUpdate(3), 42, 18), (.lockedUpdate(3), 96, 0), (.ainc(6), 11_520, 0),
    (.casrot(5), 1_320, 0), (.account, 105, 40), (.abba, 10, 2), (.reorder(3), 42, 8),
    (.twostage(2), 12, 1), (.boundedBuffer(4, 2), 28, 0), (.channel(3), 438, 0),
    (.trylock(3), 78, 0), (.popl, 209, 0), (.lastzero(4), 2_366, 0),
  ]

  @Test(arguments: bounded)
  func `all schedules with at most one preemption are tried, each once`(
    _ model: Model,
    _ schedules: Int,
    _ failing: Int
  ) throws {
    let report = try model.all(.bound(preemptions: 1))
    #expect(report.schedules == Count(schedules))
    #expect(report.failing == Count(failing))
    #expect(report.covers == .bound)
  }

  @Test(arguments: [Strategy.dfs, .bound(preemptions: 2), .delay(delays: 3)], [1, 2])
  func `the share of the tree that was tried only grows, up to all of it`(
    _ strategy: Strategy,
    _ shards: Int
  ) throws {
    var explorer = Model.lostUpdate(4).explorer
    var shares: [Double] = []
    explorer.progress = { progress in
      if let share = progress.share { shares.append(share) }
      return nil
    }
    var limits = Model.allLimits
    limits.shard = Shard(1, of: shards)
    _ = try explorer.explore(strategy, limits: limits)
    #expect(shares == shares.sorted())
    #expect(shares.allSatisfy { $0 >= 0 && $0 <= 1 })
    if strategy == .dfs { #expect(shares.contains { $0 > 0.5 }) }
  }
}
