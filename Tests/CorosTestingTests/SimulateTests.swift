import CorosExplore
import CorosKernel
import CorosSync
import CorosTesting
import Testing

/// One run under a policy, and pictures of runs.
@Suite(.timeLimit(.minutes(15))) struct SimulateTests {
  @Test func `what ends well is no issue`() throws {
    let ticks = try simulate { os in try await os.compute(4) }
    #expect(ticks == 5)
  }

  @Test func `what fails under a policy is told with a small schedule`() throws {
    let texts = try issues {
      try simulate(under: RoundRobin(quantum: 2)) { os in
        _ = try await os.newTask("idle") { os in try await os.compute(3) }
        _ = try await os.newTask("late") { os in
          try await os.compute(2)
          try check(false, "it always fails")
        }
      }
    }
    #expect(
      texts == [
        """
        rr quantum=2: a task failed
          task 3 (late) failed: it always fails
        the smallest schedule has 0 pre-emptions, 1 switch, 6 steps; none has fewer pre-emptions
        it was shrunk from 3 pre-emptions, 5 switches, 10 steps
          main: ###
          idle:  -----
          late:   -###
        to see it again: .replaying("schedule1@0@manual@1x3.3x3")
        """
      ]
    )
  }

  @Test func `what never ends is told`() throws {
    let texts = try issues {
      try simulate(ticks: 50) { os in while true { try await os.yield() } }
    }
    #expect(texts == ["under rr quantum=1 tasks have not ended after 50 ticks"])
  }

  @Test func `what is stopped for ever is told`() throws {
    let texts = try issues {
      try simulate { os in
        let task = try await os.newTask { os in try await os.yield() }
        _ = try await os.stopTask(task)
      }
    }
    #expect(
      texts == [
        "under rr quantum=1 task 2 cannot end: stopped, and nothing continues what is stopped"
      ]
    )
  }

  // MARK: Scripts

  @Test func `a script says who runs`() throws {
    try expectTimeline("A: -###\nB: #---##", under: ScriptedPolicy([2, 1, 1, 1])) { scheduler in
      try scheduler.createTask("A") { os in try await os.compute(2) }
      try scheduler.createTask("B") { os in try await os.compute(2) }
    }
    let newest = ScriptedPolicy { _, ready in ready.max() }
    try expectTimeline("A: ---##\nB: ###", under: newest) { scheduler in
      try scheduler.createTask("A") { os in try await os.compute(1) }
      try scheduler.createTask("B") { os in try await os.compute(2) }
    }
  }

  @Test func `a script that names a task which cannot run stops the run`() throws {
    let texts = try issues {
      try simulate(under: ScriptedPolicy([1, 3])) { os in
        _ = try await os.newTask("child") { os in try await os.yield() }
      }
    }
    #expect(texts == ["under scripted the policy chooses nobody, though tasks 2, 1 could run"])
  }

  // MARK: Pictures

  @Test func `a picture that differs is shown beside the right one`() throws {
    let texts = try issues {
      try expectTimeline("A: #-#\nB: ###\nC: #") { scheduler in
        for name in ["A", "B"] { try scheduler.createTask(name) { os in try await os.yield() } }
      }
    }
    #expect(
      texts == [
        """
        under rr quantum=1 tasks did something else:
          A: #-#
          expected  B: ###
          but was   B: -#-#
                       ^
          expected  C: #
          but was   no task
                    ^
        """
      ]
    )
  }
}
