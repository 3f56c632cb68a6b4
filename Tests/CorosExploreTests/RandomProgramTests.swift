import CorosExplore
import CorosKernel
import Testing

@testable import CorosInterpreter

/// What an explorer says of random programs, beside a plain enumeration that shares no code with it.
@Suite(.timeLimit(.minutes(15))) struct RandomProgramTests {
  /// All schedules, one after the other, on copies of the plain kernel.
  private struct Enumeration {
    var schedules = 0
    var failing = 0
    var ends: Set<String> = []

    init(_ model: Model) throws {
      let scheduler = Scheduler(policy: OperatorsChoice())
      try model.setUp(scheduler)
      try goOn(scheduler, model)
    }

    private mutating func goOn(_ scheduler: Scheduler, _ model: Model) throws {
      let ready = scheduler.readyQueue
      if ready.isEmpty { return end(scheduler, model) }
      let checkpoint = try scheduler.checkpoint()
      for task in ready {
        scheduler.restore(checkpoint)
        try scheduler.pick(task)
        scheduler.step()
        try goOn(scheduler, model)
      }
    }

    private mutating func end(_ scheduler: Scheduler, _ model: Model) {
      schedules += 1
      let hasFailed = scheduler.tasks(includingEnded: true).contains {
        if case .exited(.failed) = $0.state { true } else { false }
      }
      if hasFailed || scheduler.liveTaskCount > 0 {
        failing += 1
      } else {
        ends.insert(model.explorer.values?(scheduler) ?? "")
      }
    }
  }

  private static func statement(_ random: inout RandomSource, holding: Bool) -> String {
    let cell = ["a", "b"][random.next(below: 2)]
    return switch random.next(below: holding ? 5 : 7) {
    case 0: "\(cell) = \(random.next(below: 3))"
    case 1: "r = \(cell)"
    case 2: "\(cell) = r + 1"
    case 3: "atomic { if \(cell) == 0 { \(cell) = 1 } }"
    case 4: "assert r < 3"
    case 5: "lock m; \(statement(&random, holding: true)); unlock m"
    default: "lock k; lock m; unlock m; unlock k"
    }
  }

  private static func model(_ seed: Int) -> Model {
    var random = RandomSource(seed: UInt64(seed))
    var text = "shared a = 0, b = 0\nmutex m\nmutex k\n"
    for name in ["p", "q"] {
      let statements = (0..<2).map { _ in statement(&random, holding: false) }
      text += "program \(name) { var r = 0; \(statements.joined(separator: "; ")) }\n"
    }
    text += "program s { var r = 0; \(statement(&random, holding: true)) }\n"
    return Model("random \(seed)", ["p", "q", "s"], text)
  }

  @Test(arguments: 1...40)
  func `an explorer and a plain enumeration agree`(_ seed: Int) throws {
    let model = Self.model(seed)
    let all = try Enumeration(model)
    let tree = try model.all(.dfs) { $0.finals = true }
    #expect(tree.schedules == Count(all.schedules))
    #expect(tree.failing == Count(all.failing))
    #expect(Set(tree.finals?.map(\.values) ?? []) == all.ends)
    let states = try model.all(.states) { $0.finals = true }
    #expect(states.schedules == tree.schedules)
    #expect(states.failing == tree.failing)
    #expect(Set(states.finals?.map(\.values) ?? []) == all.ends)
    for attempts in [false, true] {
      let classes = try model.all(.dpor(attempts: attempts)) { $0.finals = true }
      #expect(Set(classes.finals?.map(\.values) ?? []) == all.ends)
      #expect(Set(classes.failures.map(\.names)) == Set(tree.failures.map(\.names)))
      #expect(classes.cut == 0)
    }
    for count in [2, 3] {
      let parts = try (1...count).map { number in
        try model.all(.dfs) { $0.shard = Shard(number, of: count) }
      }
      #expect(parts.reduce(Count(0)) { $0 + ($1.schedules ?? Count(0)) } == tree.schedules)
      #expect(parts.reduce(Count(0)) { $0 + $1.failing } == tree.failing)
      let shards = try (1...count).map { number in
        let shard = Shard(number, of: count)
        let report = try model.all(.states) { $0.shard = shard }
        return ShardResult(question: "", shard: shard, witnesses: [], report: report)
      }
      let sum = try ShardResult.merge(shards).report
      #expect(sum.schedules == tree.schedules)
      #expect(sum.failing == tree.failing)
      #expect(sum.chance == states.chance)
      #expect(sum.failures.map(\.size).sorted() == states.failures.map(\.size).sorted())
    }
  }

  // MARK: Programs that wait, sleep and make others

  private static func wilder(_ random: inout RandomSource) -> String {
    let cell = ["a", "b"][random.next(below: 2)]
    return switch random.next(below: 8) {
    case 0: "\(cell) = 1"
    case 1: "await \(cell) > 0"
    case 2: "when \(cell) > 0 { \(cell) = 0 }"
    case 3: "up s"
    case 4: "down s"
    case 5: "r = \(cell); assert r < 2"
    case 6: "var ok = trylock m; if ok { \(cell) = 2; unlock m }"
    default: "lock m; r = \(cell); \(cell) = r + 1; unlock m"
    }
  }

  @Test(arguments: 1...40)
  func `classes stand for all schedules of programs that wait`(_ seed: Int) throws {
    var random = RandomSource(seed: UInt64(1_000 + seed))
    var text = "shared a = 0, b = 0\nmutex m\nsemaphore s = 0\n"
    for name in ["p", "q", "t"] {
      let first = Self.wilder(&random)
      var second = Self.wilder(&random)
      // A variable can be declared once.
      if first.contains("var ok"), second.contains("var ok") { second = "a = 1" }
      text += "program \(name) { var r = 0; \(first); \(second) }\n"
    }
    let model = Model("wilder \(seed)", ["p", "q", "t"], text)
    let states = try model.all(.states) { $0.finals = true }
    for attempts in [false, true] {
      let classes = try model.all(.dpor(attempts: attempts)) { $0.finals = true }
      #expect(Set(classes.finals?.map(\.values) ?? []) == Set(states.finals?.map(\.values) ?? []))
      #expect(Set(classes.failures.map(\.names)) == Set(states.failures.map(\.names)))
    }
  }
}
