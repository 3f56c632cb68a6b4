import CorosExplore
import CorosHistory
import CorosKernel
import Testing

@testable import CorosInterpreter

/// States with all merged that makes no difference: what can go wrong goes wrong here, too.
@Suite(.timeLimit(.minutes(15))) struct MergedTests {
  /// What goes wrong, and where a task is meant, of which program.
  private static func failures(
    _ report: ExplorationReport,
    _ model: Model,
    byTask: Bool
  ) -> Set<
    String
  > {
    Set(
      report.failures.map { failure in
        let names = failure.names.map { name in
          let number = Int(name.prefix { $0 != "." })
          return byTask ? name : number.map { model.tasks[$0 - 1] } ?? name
        }
        // In which circle it was seen first makes no difference.
        if failure.kind == .livelock { return "livelock" }
        return "\(failure.kind) \(byTask ? names : names.sorted())"
      }
    )
  }

  /// Compares what goes wrong in all states and in merged ones; the schedules of the latter fail on the plain kernel.
  @discardableResult
  private func compare(_ model: Model) throws -> (all: Int, merged: Int) {
    let all = try model.all(.states) {
      $0.finals = true
      $0.steps = 50_000
    }
    // Of some random programs there are too many states to be compared.
    guard all.isExhausted else { return (0, 0) }
    let finals = try model.all(.merged) { $0.finals = true }
    #expect(finals.isExhausted)
    #expect(Set(finals.finals?.map(\.values) ?? []) == Set(all.finals?.map(\.values) ?? []))
    #expect(
      Self.failures(finals, model, byTask: true) == Self.failures(all, model, byTask: true)
    )
    let folded = try model.anonymous.explore(.merged, limits: Model.allLimits)
    #expect(
      Self.failures(folded, model, byTask: false) == Self.failures(all, model, byTask: false)
    )
    for failure in finals.failures + folded.failures where failure.kind != .livelock {
      try expectFailure(failure, of: model)
    }
    return (all.states ?? 0, folded.states ?? 0)
  }

  /// Makes the choices of a schedule on a kernel that knows nothing of explorers.
  private func expectFailure(_ failure: ExplorationFailure, of model: Model) throws {
    let scheduler = Scheduler(policy: OperatorsChoice())
    try model.setUp(scheduler)
    for task in failure.schedule.choices {
      try scheduler.pick(task)
      #expect(scheduler.step() == .dispatched(task))
    }
    switch failure.kind {
    case .failed:
      let status = failure.tasks.first.flatMap { scheduler.info($0) }?.state
      guard case .exited(.failed)? = status else {
        Issue.record("task \(failure.tasks) has not failed: \(failure.schedule)")
        return
      }
    case .deadlock:
      for task in failure.tasks {
        guard case .waiting? = scheduler.info(task)?.state else {
          Issue.record("task \(task) does not wait: \(failure.schedule)")
          return
        }
      }
    case .check: #expect(scheduler.brokenCheck(atEnd: true) != nil)
    default: #expect(scheduler.brokenCheck(atEnd: false) != nil)
    }
  }

  private static let known: [Model] = [
    .readers(3), .philosophers(2), .philosophers(3), .philosophers(4), .orderedPhilosophers(3),
    .lostUpdate(2), .lostUpdate(3), .lockedUpdate(3), .ainc(4), .casrot(4), .account, .abba,
    .reorder(3), .twostage(2), .twostage(3), .boundedBuffer(4, 2), .channel(3), .lastzero(3),
    .trylock(3), .peterson, .phase01, .joinResult, .conditionOnce, .popl, .order3(10), .spawned(3),
    .stack(2),
  ]

  @Test(arguments: known)
  func `what goes wrong in known programs goes wrong in merged states`(_ model: Model) throws {
    let (all, merged) = try compare(model)
    #expect(merged < all)
  }

  @Test(arguments: 1...120)
  func `what goes wrong in random programs goes wrong in merged states`(_ seed: Int) throws {
    try compare(.random(seed, tasks: 3, statements: 2))
  }

  @Test(arguments: 200...220)
  func `what goes wrong among four tasks goes wrong in merged states`(_ seed: Int) throws {
    try compare(.random(seed, tasks: 4, statements: 2))
  }

  @Test func `the random programs fail in every way`() throws {
    var kinds: Set<ExplorationFailure.Kind> = []
    for seed in 1...60 {
      let report = try Model.random(seed, tasks: 3, statements: 2).all(.states) {
        $0.steps = 50_000
      }
      kinds.formUnion(report.failures.map(\.kind))
    }
    #expect(kinds == [.deadlock, .failed, .check, .livelock])
  }

  @Test func `tasks that are alike count as the same`() throws {
    let model = Model.lostUpdate(6)
    let merged = try model.anonymous.explore(.merged, limits: Model.allLimits)
    #expect(try #require(merged.states) < 300)
    #expect(merged.failures.map(\.kind) == [.check])
    #expect(merged.schedules == nil && merged.chance == nil)
  }

  @Test func `tasks that tell their ids do not count as the same`() throws {
    let text = "shared x[4]\nprogram p { x[me] = 1; x[me] = 2 }"
    let model = Model("ids", ["p", "p", "p"], text)
    let merged = try model.all(.merged) { $0.finals = true }
    #expect(merged.finals?.map(\.values) == ["x=0,2,2,2"])
  }

  @Test func `what must always hold is looked at after each change`() throws {
    let model = Model(
      "always",
      ["p", "q"],
      """
      shared a = 0, b = 0
      program p { a = 1; a = 0 }
      program q { b = 1; b = 0 }
      always a + b < 2
      """
    )
    try compare(model)
    #expect(try model.all(.merged).failures.map(\.kind) == [.always])
  }

  @Test func `two that wait for one another are found though others go on for ever`() throws {
    let model = Model(
      "beside",
      ["one", "two", "idle"],
      """
      shared n = 0
      mutex a
      mutex b
      program one { lock a; lock b; unlock b; unlock a }
      program two { lock b; lock a; unlock a; unlock b }
      program idle { while true { n = 1; n = 0 } }
      """
    )
    let merged = try model.all(.merged)
    #expect(merged.failures.contains { $0.kind == .deadlock && Set($0.tasks) == [1, 2] })
    #expect(
      Self.failures(merged, model, byTask: true)
        == Self.failures(try model.all(.states), model, byTask: true)
    )
  }

  @Test func `livelocks are found`() throws {
    let spin = Model(
      "spin",
      ["p", "q"],
      "shared x = 0\nprogram p { while true { yield } }\nprogram q { x = 1 }"
    )
    let report = try spin.all(.merged)
    #expect(report.failures.first?.kind == .livelock)
    // What goes round is looked at again step by step, and needs no other strategy.
    #expect(report.how == .merged)
  }

  @Test(arguments: ["sleep 2", "var t = tick", "var v = choose 0..1", "wait c within 3"])
  func `where the time or chance plays a part, all states are visited`(_ statement: String) throws {
    let text = "mutex m\ncondition c on m\nprogram p { lock m; \(statement); unlock m }"
    let report = try Model("timed", ["p", "p"], text).all(.merged)
    #expect(report.how == .states)
  }

  @Test func `a schedule that was found is made small`() throws {
    var limits = ExplorationLimits()
    limits.all = true
    let failure = try #require(
      try Model.philosophers(5).explorer.explore(.merged, limits: limits).failures.first
    )
    #expect(failure.size == .init(preemptions: 1, switches: 5, steps: 10))
  }

  @Test func `auto comes to a verdict by merged states where all states are too many`() throws {
    var limits = ExplorationLimits()
    limits.all = true
    limits.shrinks = false
    limits.steps = 100_000
    let report = try Model.lostUpdate(7).anonymous.explore(.auto, limits: limits)
    #expect(report.failures.map(\.kind) == [.check])
  }
}
