import CorosExplore
import CorosHistory
import CorosKernel
import Testing

/// Failing schedules become small, and go on failing in the same way.
@Suite(.timeLimit(.minutes(15))) struct ShrinkingTests {
  private static let models: [(Model, preemptions: Int)] = [
    (.philosophers(3), 1), (.philosophers(5), 1), (.lostUpdate(2), 1), (.lostUpdate(4), 1),
    (.abba, 1), (.reorder(3), 1), (.reorder(5), 1), (.twostage(2), 1), (.twostage(3), 1),
    (.account, 0), (.order3(10), 1),
  ]

  @Test(arguments: models)
  func `a failure found at random is shrunk to the fewest preemptions`(
    _ model: Model,
    _ preemptions: Int
  ) throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      var limits = ExplorationLimits()
      limits.seed = seed
      let report = try model.explorer.explore(.random, limits: limits)
      let failure = try #require(report.failures.first)
      #expect(report.stopped == .failure)
      #expect(failure.size <= failure.from)
      #expect(failure.size.preemptions == preemptions)
      // Among yields there are too many schedules for a proof.
      #expect(failure.minimal == (model.text.contains("yield") ? .local : .proved))
      try expectFailure(failure, of: model)
    }
  }

  /// The plain kernel, which knows nothing of exploring, fails in the same way.
  private func expectFailure(_ failure: ExplorationFailure, of model: Model) throws {
    let scheduler = Scheduler(policy: OperatorsChoice())
    try model.setUp(scheduler)
    for task in failure.choices {
      try scheduler.pick(task)
      #expect(scheduler.step() == .dispatched(task))
    }
    switch failure.kind {
    case .deadlock:
      for task in failure.tasks {
        guard case .waiting? = scheduler.info(task)?.state else {
          Issue.record("task \(task) does not wait")
          continue
        }
      }
    case .failed:
      guard case .exited(.failed)? = scheduler.info(failure.tasks[0])?.state else {
        Issue.record("task \(failure.tasks[0]) has not failed")
        return
      }
    default: #expect(model.explorer.properties.contains { $0.broken(scheduler) != nil })
    }
  }
}
