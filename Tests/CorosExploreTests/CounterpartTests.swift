import CorosHistory
import CorosKernel
import Testing

@testable import CorosExplore

/// Beside a schedule that fails there is one that passes, and both go the same way for long.
@Suite(.timeLimit(.minutes(5))) struct CounterpartTests {
  private static let models: [Model] = [
    .philosophers(3), .lostUpdate(2), .lostUpdate(3), .abba, .reorder(3), .twostage(2), .account,
  ]

  @Test(arguments: models)
  func `it passes, and parts from the failing one where it says`(_ model: Model) throws {
    let explorer = model.explorer
    let failure = try #require(try explorer.explore(.dfs).failures.first)
    let counterpart = try #require(try explorer.counterpart(of: failure.schedule))
    #expect(try explorer.replay(counterpart.schedule) == nil)
    let (failing, passing) = (
      Array(failure.schedule.choices), Array(counterpart.schedule.choices)
    )
    let common = zip(failing, passing).prefix { $0 == $1 }.count
    #expect(failing[common] == counterpart.failing && passing[common] == counterpart.passing)
    // The plain kernel makes the same way, and comes to its end.
    let scheduler = Scheduler(policy: OperatorsChoice())
    try model.setUp(scheduler)
    for (index, task) in passing.enumerated() {
      if index == common { #expect(scheduler.now == counterpart.tick) }
      try scheduler.pick(task)
      #expect(scheduler.step() == .dispatched(task))
    }
    #expect(scheduler.liveTaskCount == 0)
  }

  @Test func `none parts later and passes, where the tasks go on as they did`() throws {
    let explorer = Model.abba.explorer
    let failure = try #require(try explorer.explore(.dfs).failures.first)
    let counterpart = try #require(try explorer.counterpart(of: failure.schedule))
    let failing = Array(failure.schedule.choices)
    let common = zip(failing, counterpart.schedule.choices).prefix { $0 == $1 }.count
    // Two locks in two orders: once each has its first, whatever comes next is too late.
    let scheduler = Scheduler(policy: OperatorsChoice())
    try Model.abba.setUp(scheduler)
    for task in failing.prefix(common + 1) {
      try scheduler.pick(task)
      scheduler.step()
    }
    #expect(scheduler.objects.count { !$0.holders.isEmpty } == 2)
  }

  @Test func `where all schedules fail, there is none`() throws {
    let explorer = Model("stuck", ["p"], "mutex m\nprogram p { lock m; lock m }").explorer
    let failure = try #require(try explorer.explore(.dfs).failures.first)
    #expect(try explorer.counterpart(of: failure.schedule) == nil)
  }
}
