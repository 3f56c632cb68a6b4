import CorosExplore
import CorosKernel
import CorosSync
import CorosTesting
import Testing

/// Explorations in tests: what fails is an issue, with its smallest schedule.
@Suite(.timeLimit(.minutes(15))) struct ExploreTests {
  /// Two tasks lock two mutexes in opposite orders.
  private nonisolated(nonsending) static func abba(_ os: SystemInterface) async throws {
    let (a, b) = (try await os.mutex("a"), try await os.mutex("b"))
    for (name, first, second) in [("ab", a, b), ("ba", b, a)] {
      _ = try await os.newTask(name) { os in
        try await os.withLock(first) { try await os.withLock(second) {} }
      }
    }
  }

  @Test func `a deadlock of async tasks is told with the line to paste`() throws {
    let texts = try issues {
      let report = try explore(.dpor) { os in try await Self.abba(os) }
      #expect(report.failures.count == 1)
    }
    #expect(
      texts == [
        """
        dpor: a deadlock
          task 2 (ab) waits for b, held by task 3 → 2
        the smallest schedule has 1 pre-emption, 3 switches, 9 steps; none has fewer pre-emptions
        it was shrunk from 2 pre-emptions, 4 switches, 9 steps
          main: #####
          ab:      --#--#
          ba:       --##w
        to see it again: .replaying("schedule1@0@manual@1x5.2.3x2.2")
        """
      ]
    )
  }

  @Test func `tasks that are state machines can be explored by their states`() throws {
    let report = try exploreTasks(.states) { scheduler in
      for name in ["one", "two"] { try scheduler.createTask(name, machine: Steps(left: 2)) }
    }
    #expect(report.isExhausted)
    #expect(report.schedules == Count(20))
  }

  /// Yields some times, and then returns.
  private struct Steps: StateMachine, Hashable {
    var left: Int

    mutating func resume(with resumption: Resumption) -> Trap {
      if left == 0 { return .returned }
      left -= 1
      return .call(Yield())
    }
  }

  @Test func `a check that fails is told once, however often it fails`() throws {
    let texts = try issues {
      try explore(.dfs) { os in
        let box = Box()
        for _ in 0..<2 {
          _ = try await os.newTask("add") { os in
            let seen = box.value
            try await os.yield()
            box.value = seen + 1
          }
        }
        for _ in 0..<2 { _ = try await os.waitAnyChild() }
        try check(box.value == 2, "an update is lost: \(box.value)")
      }
    }
    #expect(
      texts == [
        """
        dfs: a task failed
          task 1 (main) failed: an update is lost: 1
        the smallest schedule has 0 pre-emptions, 4 switches, 9 steps; none has fewer pre-emptions
        it was shrunk from 0 pre-emptions, 6 switches, 9 steps
          main: ###www-##
          add:   --#--#
          add:    --##
        to see it again: .replaying("schedule1@0@manual@1x3.2.3x2.2.1x2")
        """
      ]
    )
  }

  @Test func `what does not fail is no issue`() throws {
    let report = try explore(.dfs) { os in try await os.yield() }
    #expect(report.isExhausted)
    #expect(report.failures.isEmpty)
  }

  @Test func `properties and kinds of failures can be given`() throws {
    let texts = try issues {
      try explore(
        .dfs,
        properties: [Property(.always, "fewer than 2 tasks") { $0.liveTaskCount < 2 }]
      ) { os in _ = try await os.newTask("child") { os in try await os.yield() } }
      try explore(.dfs, ignoring: [.deadlock]) { os in try await Self.abba(os) }
    }
    #expect(
      texts == [
        """
        dfs: a condition does not hold that must hold always
          `fewer than 2 tasks` does not hold
        the smallest schedule has 0 pre-emptions, 0 switches, 1 step; none has fewer pre-emptions
          main:  #
          child:
        to see it again: .replaying("schedule1@0@manual@1")
        """
      ]
    )
  }

  @Test func `classes that mean nothing are an issue, and the report says so`() throws {
    var report: ExplorationReport?
    let texts = try issues {
      report = try explore(.dpor) { os in
        let box = Box()
        var adders: [TaskID] = []
        for _ in 0..<2 {
          adders.append(
            try await os.newTask("add") { os in
              let seen = box.value
              try await os.yield()
              box.value = seen + 1
            }
          )
        }
        for adder in adders { _ = try await os.waitTask(adder) }
        try check(box.value == 2, "an update is lost: \(box.value)")
      }
    }
    let tick = try #require(report?.hidden).tick
    let sharing =
      "tasks 2 and 3 share something that no system call shows: schedules that are of one class "
      + "differ at tick \(tick)"
    #expect(
      texts == [
        "dpor: \(sharing)\nclasses mean nothing here: explore with .dfs, .bound(preemptions: 2) or "
          + ".random"
      ]
    )
    #expect(report?.isExhausted == false)
    #expect(report?.testDescription.hasSuffix("; nothing was left to be tried; \(sharing)") == true)
  }

  @Test(arguments: [Strategy.auto, .dfs, .states, .random])
  func `an exploration of no task is an issue`(_ strategy: Strategy) throws {
    let texts = try issues { _ = try exploreTasks(strategy) { _ in } }
    #expect(texts == ["there is nothing to explore: no task was made"])
  }

  @Test func `a report says in a failed expectation how far it goes`() throws {
    var limits = ExplorationLimits.forTests
    limits.depth = 5
    let cut = try explore(.dfs, limits: limits) { os in while true { try await os.yield() } }
    #expect(
      cut.testDescription
        == "dfs made 1 run; nothing was left to be tried; 1 did not come to an end"
    )
    limits.runs = 3
    let some = try explore(.random, limits: limits) { os in try await os.yield() }
    #expect(some.testDescription == "random made 3 runs; the limit of runs was reached")
    let bound = try explore(.bound(preemptions: 1)) { os in try await os.yield() }
    #expect(
      bound.testDescription
        == "bound preemptions=1 made 1 run; all schedules within the bound of 1 were tried"
    )
  }
}
