import CorosExplore
import CorosHistory
import CorosKernel
import Testing

/// All states, each once, and what can be said once they are known.
@Suite(.timeLimit(.minutes(15))) struct StateTests {
  private static let counts: [(Model, schedules: String, failing: String, chance: String)] = [
    (.readers(2), "90", "0", "0"), (.philosophers(2), "36", "4", "1/2"),
    (.philosophers(3), "77064", "48", "1/3"),
    (.philosophers(5), "12815262155800", "39680", "19/120"),
    (.orderedPhilosophers(4), "497860238", "0", "0"), (.lostUpdate(2), "20", "12", "1/2"),
    (.lostUpdate(3), "1680", "1512", "5/6"), (.lockedUpdate(3), "6786", "0", "0"),
    (.ainc(6), "7484400", "0", "0"), (.casrot(5), "113400", "0", "0"),
    (.account, "11301", "5102", "1/3"), (.abba, "52", "4", "1/2"),
    (.reorder(3), "1680", "480", "20/81"), (.twostage(2), "719", "48", "7/128"),
    (.boundedBuffer(4, 2), "536500", "0", "0"), (.channel(3), "13350", "0", "0"),
    (.lastzero(4), "175216720", "0", "0"), (.order3(10), "9271080", "34320", "715/16384"),
  ]

  @Test(arguments: counts)
  func `schedules are counted, and the chance of a random run to fail`(
    _ model: Model,
    _ schedules: String,
    _ failing: String,
    _ chance: String
  ) throws {
    let report = try model.all(.states)
    #expect(report.schedules?.description == schedules)
    #expect(report.failing.description == failing)
    #expect(report.chance?.description == chance)
    #expect(report.isExhausted)
  }

  @Test func `the smallest schedule that fails is found`() throws {
    let report = try Model.philosophers(5).explorer.explore(.states)
    let failure = try #require(report.failures.first)
    #expect(report.failures.count == 1)
    #expect(failure.kind == .deadlock)
    #expect(failure.tasks == [1, 2, 3, 4, 5])
    #expect(failure.size == .init(preemptions: 1, switches: 5, steps: 10))
    #expect(failure.minimal == .proved)
    #expect(failure.text.hasSuffix("held by task 2 → 3 → 4 → 5 → 1"))
  }

  @Test func `the values at the ends are collected, each with a way`() throws {
    let report = try Model.lostUpdate(2).all(.states) { $0.finals = true }
    #expect(report.finals?.map(\.values).sorted() == ["x=1", "x=2"])
  }

  /// As many as a model of its own finds, in which a place in a queue, a fork and the way home are all there is.
  @Test(arguments: [(3, 212, 462), (4, 1_271, 3_700), (5, 7_595, 27_645)])
  func `who was given a lock is where one is that took it, unless tasks may be killed`(
    _ count: Int,
    _ states: Int,
    _ steps: Int
  ) throws {
    let report = try Model.philosophers(count).all(.states)
    #expect(report.states == states)
    #expect(report.steps == steps)
  }

  @Test(arguments: [
    "receive line r { x = r }; otherwise { x = 1 }", "receive line r { x = r }; receive meet r { }",
    "down s { x = 1 }; wait go { x = 2 }", "send line 5 { x = 3 }; after 1 { x = 4 }",
  ])
  func `what a select has brought tells states apart`(_ alternatives: String) throws {
    let model = Model(
      "select",
      ["p", "q"],
      """
      shared x = 0
      channel line 1
      channel meet
      semaphore s
      event go
      program p { var r = 0; select { \(alternatives) } }
      program q { send line 7; set go; up s; var a = 0; receive line a }
      """
    )
    let tree = try model.all(.dfs) { $0.finals = true }
    let states = try model.all(.states) { $0.finals = true }
    #expect(states.isExhausted)
    #expect(states.schedules == tree.schedules)
    #expect(states.failing == tree.failing)
    #expect(states.finals?.map(\.values).sorted() == tree.finals?.map(\.values).sorted())
  }

  @Test func `tasks that are alike can count as the same`() throws {
    let model = Model(
      "writers",
      Array(repeating: "w", count: 6),
      "shared x = 0\nprogram w { x = 1 }"
    )
    let all = try model.all(.states)
    let alike = try model.all(.states) { $0.symmetry = true }
    #expect(alike.schedules == all.schedules)
    #expect(all.states == 729)
    #expect(alike.states == 28)
  }

  // MARK: What goes on for ever

  @Test func `a flag that is polled can be waited for for ever, but not fairly`() throws {
    let model = Model(
      "spin_flag",
      ["put", "poll"],
      """
      shared flag = 0
      program put { flag = 1 }
      program poll { var f = flag; while f == 0 { f = flag } }
      """
    )
    let report = try model.all(.states)
    #expect(report.schedules == nil)
    #expect(report.failures.isEmpty)
    #expect(report.cannotEnd == nil)
    #expect(report.stopped == .exhausted)
  }

  @Test func `two that always make way for one another go on for ever, and fairly`() throws {
    let model = Model(
      "polite_livelock",
      ["p 0 1", "p 1 0"],
      """
      shared wants[2]
      program p(i, j) {
        wants[i] = 1
        var other = wants[j]
        while other == 1 { wants[i] = 0; wants[i] = 1; other = wants[j] }
        wants[i] = 0
      }
      """
    )
    let report = try model.all(.states)
    let failure = try #require(report.failures.first { $0.kind == .livelock })
    #expect(Set(failure.cycle) == [1, 2])
    let scheduler = Scheduler(policy: OperatorsChoice())
    try model.setUp(scheduler)
    // The circle can be gone round as often as one likes.
    for task in failure.choices + failure.cycle + failure.cycle {
      try scheduler.pick(task)
      #expect(scheduler.step() == .dispatched(task))
    }
  }

  @Test func `a task that goes round for ever and does nothing is found`() throws {
    let spin = Model("spin", ["p"], "program p { while true { yield } }")
    let failure = try #require(try spin.all(.states).failures.first)
    #expect(failure.kind == .livelock)
    #expect(Set(failure.cycle) == [1])
    #expect(failure.text.hasPrefix("task 1 goes round for ever, and never on"))
    // A server that never ends is meant so.
    let server = Model(
      "server",
      ["p", "q"],
      "mutex m\nprogram p { while true { lock m; unlock m } }\nprogram q { while true { lock m; unlock m } }"
    )
    #expect(try server.all(.states).failures.isEmpty)
  }

  @Test func `a state from which nothing ends is shown`() throws {
    let model = Model(
      "trap",
      ["p", "q"],
      """
      shared gone = 0
      program p { var g = gone; while g == 1 { g = gone } }
      program q { gone = 1 }
      """
    )
    let report = try model.all(.states)
    let way = try #require(report.cannotEnd?.way)
    #expect(Array(way.choices).contains(2))
  }

  @Test func `sleepers wake, and times count from now`() throws {
    let model = Model(
      "watchdog",
      ["work", "watch", "idle"],
      """
      shared done = 0
      program work { yield; yield; done = 1 }
      program watch { sleep 4; var r = done; assert r == 1 }
      program idle { yield; yield; yield }
      """
    )
    let states = try model.all(.states)
    let tree = try model.all(.dfs)
    #expect(tree.schedules == Count(2_730))
    #expect(tree.failing == Count(680))
    #expect(states.schedules == tree.schedules)
    #expect(states.failing == tree.failing)
    #expect(states.chance?.description == "811/3456")
  }

  @Test(arguments: [
    "p0,p1,p2: shared x = 0\nmutex b\nprogram p0 { atomic { x = x + 2 }; x = x + 1 }\n"
      + "program p1 { var y = x }\nprogram p2 { within 2 { lock b } else { x = 9 } }",
    "p0,p1: shared x = 0\nprogram p0 { within 3 { x = 1; x = 2; x = 3 } else { x = 9 } }\n"
      + "program p1 { within 3 { x = 4; x = 5 } else { x = 8 } }",
    "p0,p1: mutex m\nshared x = 0\nprogram p0 { lock m; x = 1; x = 2; unlock m }\n"
      + "program p1 { within 4 { lock m; within 2 { x = 3; x = 4 } else { x = 5 }; unlock m } else { x = 6 } }",
  ])
  func `the time that is left of a part counts, and whose time is up first`(
    _ program: String
  ) throws {
    let parts = program.split(separator: ": ", maxSplits: 1).map { String($0) }
    let model = Model("within", parts[0].split(separator: ",").map { String($0) }, parts[1])
    let tree = try model.all(.dfs) { $0.finals = true }
    let states = try model.all(.states) { $0.finals = true }
    #expect(tree.isExhausted && states.isExhausted)
    #expect(states.schedules == tree.schedules)
    #expect(states.failing == tree.failing)
    #expect(states.finals?.map(\.values).sorted() == tree.finals?.map(\.values).sorted())
  }

  @Test func `what cannot be compared is named`() {
    struct Machine: StateMachine {
      mutating func resume(with resumption: Resumption) -> Trap { .returned }
    }
    let explorer = Explorer { scheduler in
      try scheduler.createTask("m", machine: Machine())
    }
    #expect(throws: NotComparable.self) { try explorer.explore(.states) }
  }
}
