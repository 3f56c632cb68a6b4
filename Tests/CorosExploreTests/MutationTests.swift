import CorosKernel
import Testing

@testable import CorosExplore

/// Each rule by which steps are compared is needed: without it classes are lost, or failures.
@Suite(.timeLimit(.minutes(15))) struct MutationTests {
  private struct Found: Equatable {
    var classes: Int
    var failing: Int
    var cut = 0
    var isExhausted: Bool
  }

  /// Explores with some rules only, and with footprints as they are changed, as far as 5,000 runs lead.
  private static func explore(
    _ explorer: Explorer,
    attempts: Bool = false,
    isOptimal: Bool = true,
    without rules: DependenceRules = [],
    adjust: ((inout Footprint, Ground) -> Void)? = nil
  ) throws -> Found {
    let ground = try Ground(explorer.origin)
    var limits = ExplorationLimits()
    limits.all = true
    limits.shrinks = false
    limits.runs = 5_000
    var questions = Questions()
    questions.properties = explorer.properties
    let campaign = Campaign(.dpor, on: ground, limits, questions)
    do {
      try campaign.makeClasses(
        attempts: attempts,
        isOptimal: isOptimal,
        rules: DependenceRules.all.subtracting(rules),
        adjust: adjust
      )
    } catch is Unrepeatable {
      return Found(classes: campaign.report.runs, failing: -1, isExhausted: false)
    }
    return Found(
      classes: campaign.report.runs,
      failing: campaign.report.failing.small ?? 0,
      cut: campaign.report.cut,
      isExhausted: campaign.report.stopped == .exhausted
    )
  }

  private static func found(_ classes: Int, _ failing: Int) -> Found {
    Found(classes: classes, failing: failing, isExhausted: true)
  }

  @Test func `without the edge from who wakes to who is woken the search does not end well`() throws
  {
    let models: [Model] = [.lockedUpdate(3), .philosophers(3), .channel(3), .boundedBuffer(4, 2)]
    let differing = try models.filter { model in
      let right = try Self.explore(model.explorer, attempts: true)
      #expect(right.cut == 0)
      return try Self.explore(model.explorer, attempts: true, without: .wakes) != right
    }
    #expect(!differing.isEmpty)
  }

  @Test func `a swap that fails and counts as a read loses classes`() throws {
    for (count, classes) in [(5, 120), (4, 24)] {
      let model = Model.casrot(count).explorer
      var last: [Int] = []
      let lost = try Self.explore(model) { footprint, ground in
        let text = model.values?(ground.scheduler) ?? ""
        let value = Int(text.dropFirst(2)) ?? 0
        // What the cell was before the step: the way says how many swaps have worked.
        if ground.depth == 1 { last = [0] }
        while last.count > ground.depth { last.removeLast() }
        let before = last.last ?? 0
        last.append(value)
        if value == before { footprint.makeReads() }
      }
      #expect(try Self.explore(model) == Self.found(classes, 0))
      #expect(lost.classes < classes)
    }
  }

  @Test(arguments: [(Model.philosophers(3), 7), (.lockedUpdate(3), 6), (.twostage(2), 3)])
  func `without races between those who take a lock classes are lost`(
    _ model: Model,
    _ classes: Int
  ) throws {
    #expect(try Self.explore(model.explorer).classes == classes)
    #expect(try Self.explore(model.explorer, without: .releases).classes < classes)
  }

  @Test(arguments: [(Model.philosophers(2), 3), (.abba, 3)])
  func `without calls that are stuck deadlocks are lost`(_ model: Model, _ classes: Int) throws {
    #expect(try Self.explore(model.explorer) == Self.found(classes, 1))
    let lost = try Self.explore(model.explorer, without: .stuckCalls)
    #expect(lost.failing == 0 || lost.classes < classes)
  }

  @Test func `calls of which nothing is known conflict`() throws {
    struct Bump: SystemCall {
      func handle(in kernel: KernelContext) -> Disposition<Void> { .reply(()) }
    }
    let explorer = Explorer { scheduler in
      for _ in 0..<3 { try scheduler.createTask { os in try await os.call(Bump()) } }
    }
    #expect(try Self.explore(explorer) == Self.found(6, 0))
    let lost = try Self.explore(explorer) { footprint, ground in
      footprint.remove(ground.listener.number(of: .outside))
    }
    #expect(lost == Self.found(1, 0))
  }

  @Test func `who kills conflicts with each step of the victim`() throws {
    let explorer = Explorer { scheduler in
      try scheduler.createTask("victim") { os in
        for _ in 0..<3 { try await os.yield() }
      }
      try scheduler.createTask("killer") { os in _ = try await os.killTask(1) }
    }
    let right = try Self.explore(explorer)
    #expect(right == Self.found(5, 0))
    #expect(try Self.explore(explorer, without: .orders).classes < 5)
  }

  @Test func `two births conflict, since ids can be seen`() throws {
    let explorer = Explorer { scheduler in
      for name in ["a", "b"] {
        try scheduler.createTask(name) { os in
          let child = try await os.newTask("child of \(name)") { _ in }
          if name == "b", child != 3 { throw Unexpected() }
        }
      }
    }
    #expect(try Self.explore(explorer) == Self.found(2, 1))
    let lost = try Self.explore(explorer) { footprint, ground in
      footprint.remove(ground.listener.number(of: .numbers))
    }
    #expect(lost == Self.found(1, 1) || lost == Self.found(1, 0))
  }

  private struct Unexpected: Error {}

  @Test func `what must hold always makes changes of different objects conflict`() throws {
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
    #expect(try Self.explore(model.explorer).failing > 0)
    #expect(try Self.explore(model.explorer, without: .looks).failing == 0)
  }

  @Test(arguments: ["a condition, and a lock beside it", "a lock, for a time and for ever"])
  func `where it can be told how tasks wait calls are not put off`(_ name: String) throws {
    let program = try #require(SmallProgram.all.first { $0.name == name })
    let explorer = Explorer(program.setUp)
    let right = try Self.explore(explorer)
    #expect(right.isExhausted)
    let lost = try Self.explore(explorer, without: .queues)
    #expect(lost.classes < right.classes)
  }

  @Test func `while a timer runs all steps conflict`() throws {
    let model = Model(
      "watchdog",
      ["work", "watch"],
      """
      shared done = 0
      program work { yield; yield; done = 1 }
      program watch { sleep 2; var r = done; assert r == 1 }
      """
    )
    let right = try Self.explore(model.explorer)
    #expect(right.failing > 0)
    #expect(try Self.explore(model.explorer, without: .time) != right)
  }

  @Test(arguments: [(Model.readers(2), 4), (.lastzero(4), 28), (.philosophers(3), 7), (.popl, 5)])
  func `source sets try each class, and cut the runs beyond`(_ model: Model, _ classes: Int) throws
  {
    let found = try Self.explore(model.explorer, isOptimal: false)
    #expect(found.classes == classes)
    #expect(found.isExhausted)
  }
}
