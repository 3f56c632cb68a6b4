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
}
