import CorosExplore
import CorosKernel
import Testing

/// What must hold always, where it is known what it looks at: only steps that change that come in all orders.
@Suite(.timeLimit(.minutes(15))) struct WatchedTests {
  private static func statement(_ random: inout RandomSource) -> String {
    let cell = ["a", "b", "x[0]", "x[1]"][random.next(below: 4)]
    return switch random.next(below: 8) {
    case 0: "\(cell) = 1"
    case 1: "await \(cell) > 0"
    case 2: "when a > 0 { \(cell) = 0 }"
    case 3: "up s; down s"
    case 4: "r = \(cell); b = r"
    case 5: "lock m; \(cell) = 2; unlock m"
    case 6: "atomic { \(cell) = 1; a = 0 }"
    default: "down s; \(cell) = 1; up s"
    }
  }

  private static func model(_ seed: Int) -> Model {
    var random = RandomSource(seed: UInt64(3_000 + seed))
    var text = "shared a = 0, b = 0, x[2]\nmutex m\nsemaphore s = 1\n"
    for name in ["p", "q", "t"] {
      text += "program \(name) { var r = 0; \(statement(&random)); \(statement(&random)) }\n"
    }
    let conditions = ["a + b < 2", "a == 0 or b == 0", "x[a] < 2", "b <= x[0] + x[1]", "a < 1"]
    text += "always \(conditions[random.next(below: conditions.count)])\n"
    return Model("watched \(seed)", ["p", "q", "t"], text)
  }

  /// What a class can be broken by: not the schedule, nor how often.
  private func failures(_ report: ExplorationReport) -> Set<String> {
    Set(report.failures.map { "\($0.kind) \($0.names) \($0.kind == .deadlock ? "" : $0.text)" })
  }

  @Test(arguments: 1...24)
  func `classes break what must hold always as all schedules do`(_ seed: Int) throws {
    let model = Self.model(seed)
    let all = try model.all(.states)
    try #require(all.isExhausted)
    for strategy in [Strategy.dpor(attempts: false), .source(attempts: true)] {
      let classes = try model.all(strategy)
      #expect(classes.isExhausted)
      #expect(failures(classes) == failures(all))
    }
  }

  @Test func `a condition on a value that a lock protects makes no more classes`() throws {
    let model = Model.lockedUpdate(3)
    let watched = Model(model.name, model.tasks, model.text + "\nalways x <= 3\n")
    #expect(try model.all(.dpor).classes == 6)
    #expect(try watched.all(.dpor).classes == 6)
  }

  @Test func `who looks at a value that nobody shares makes no more classes`() throws {
    let text = """
      shared a = 0, b = 0, c = 0
      program p { a = 1 }
      program q { b = 1 }
      """
    #expect(try Model("apart", ["p", "q"], text + "\nalways c == 0\n").all(.dpor).classes == 1)
    #expect(
      try Model("one", ["p", "q"], text + "\nalways a == 0 or a == 1\n").all(.dpor).classes == 1
    )
    #expect(try Model("both", ["p", "q"], text + "\nalways a + b < 3\n").all(.dpor).classes == 2)
    #expect(
      try Model("time", ["p", "q"], text + "\nalways a + tick >= 0\n").all(.dpor).classes != 1
    )
  }
}
