import CorosExplore
import CorosKernel
import Testing

@testable import CorosInterpreter

/// Registers that are never read again tell no states apart; everything that is counted stays the same.
@Suite(.timeLimit(.minutes(15))) struct LiveRegisterTests {
  /// A task of a typed program of which every register counts, dead or not.
  private struct WholeTask: StateMachine, Hashable {
    var task: InterpretedTask

    mutating func resume(with resumption: Resumption) -> Trap { task.resume(with: resumption) }
    mutating func _resume() -> Trap { task._resume() }
    mutating func act(in kernel: KernelContext) -> Disposition<Void> { task.act(in: kernel) }
    func isReady(in kernel: KernelContext) -> Bool { task.isReady(in: kernel) }
    func hashState(into hasher: inout Hasher) -> Bool {
      task.hash(into: &hasher)
      return true
    }
  }

  /// The states of a model, told apart by all registers.
  private func wholeStates(_ model: Model) throws -> ExplorationReport {
    var explorer = Explorer { scheduler in
      try scheduler.define(model.text)
      for text in model.tasks {
        let words = text.split(separator: " ").map(String.init)
        let program = try #require(scheduler.definitions?.program(words[0]))
        guard case .machine(let machine) = try program.code(arguments: Array(words.dropFirst())),
          let task = machine as? InterpretedTask
        else { continue }
        try scheduler.createTask(words[0], machine: WholeTask(task: task))
      }
    }
    explorer.properties = model.explorer.properties
    explorer.values = model.explorer.values
    var limits = ExplorationLimits()
    limits.all = true
    limits.shrinks = false
    limits.finals = true
    return try explorer.explore(.states, limits: limits)
  }

  private func compare(_ model: Model) throws -> (whole: Int, live: Int) {
    let live = try model.all(.states) {
      $0.finals = true
      $0.steps = 50_000
    }
    // Of some random programs there are too many states to be compared.
    guard live.isExhausted else { return (0, 0) }
    let whole = try wholeStates(model)
    #expect(live.schedules == whole.schedules)
    #expect(live.failing == whole.failing)
    #expect(live.chance == whole.chance)
    #expect(live.isExhausted && whole.isExhausted)
    #expect(Set(live.finals?.map(\.values) ?? []) == Set(whole.finals?.map(\.values) ?? []))
    #expect(Self.shown(live) == Self.shown(whole))
    return (try #require(whole.states), try #require(live.states))
  }

  /// What goes wrong, and the size of the smallest schedule in which it does.
  private static func shown(_ report: ExplorationReport) -> Set<String> {
    Set(report.failures.map { "\($0.kind) \($0.names) \($0.text) \($0.size)" })
  }

  @Test(arguments: [
    Model.readers(2), .philosophers(3), .lostUpdate(3), .lockedUpdate(3), .casrot(4), .account,
    .abba, .reorder(3), .twostage(2), .boundedBuffer(4, 2), .channel(3), .lastzero(3), .trylock(3),
    .peterson, .phase01, .joinResult, .conditionOnce, .popl, .order3(10),
  ])
  func `known programs have the same schedules, failures and chances`(_ model: Model) throws {
    let (whole, live) = try compare(model)
    #expect(live <= whole)
  }

  @Test(arguments: 1...40)
  func `random programs have the same schedules, failures and chances`(_ seed: Int) throws {
    let (whole, live) = try compare(.random(seed, tasks: 3, statements: 2))
    #expect(live <= whole)
  }

  @Test func `what is never read again tells no states apart`() throws {
    let text = "shared x = 0\nprogram p { var r = x; x = r + 1 }\nprogram q { x = 5; x = 6 }"
    let (whole, live) = try compare(Model("dead", ["p", "p", "q"], text))
    #expect(live < whole)
  }

  @Test func `what a waiting task is about to send is read`() throws {
    // The sender waits with its value, which is nowhere else.
    let text = """
      shared x = 0
      channel c
      program one { x = 1 }
      program put { var v = x; send c v }
      program get { var r = 7; receive c r; assert r == 0 }
      """
    let report = try Model("sender", ["one", "put", "get"], text).all(.states)
    #expect(
      report.schedules == (try Model("sender", ["one", "put", "get"], text).all(.dfs)).schedules
    )
    #expect(report.failures.map(\.kind) == [.failed])
  }

  @Test func `whether a round has acted counts as long as a loop asks`() throws {
    let text = """
      shared x = 0
      program p { repeat 2 { if x == 0 { } }; repeat 2 { } }
      program q { x = 1 }
      """
    _ = try compare(Model("rounds", ["p", "p", "q"], text))
  }
}
