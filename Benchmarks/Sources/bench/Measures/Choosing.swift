import CorosKernel

/// A step under each policy: `Yield`, back to the policy, and its next choice.
///
/// Tickets and nice values differ from task to task; lengths and priorities do not, so that all tasks take
/// part under each policy.
enum Choosing {
  static func under(
    _ policy: @escaping @Sendable () -> any SchedulingPolicy
  ) -> @Sendable (Measure.Load) throws -> Measure.Reading {
    { load in
      let memory = ResidentMemory()
      let scheduler = makeScheduler(policy: policy())
      var random = RandomSource(seed: 1)
      for _ in 0..<load.tasks {
        try scheduler.createTask(
          machine: YieldMachine(),
          parameters: SchedulingParameters(
            tickets: 1 + random.next(below: 1_000),
            nice: random.next(below: 11) - 5
          )
        )
      }
      scheduler.run(ticks: load.tasks)
      let bytes = memory.growth(perTaskOf: load.tasks)
      let steps = load.rounds * load.tasks
      let nanoseconds = cpuTime { scheduler.run(ticks: steps) }
      return Measure.Reading(nanoseconds: nanoseconds / Double(steps), bytesPerTask: bytes)
    }
  }

  /// A measure for each policy that chooses by itself.
  static let measures: [Measure] = {
    let policies: [(String, @Sendable () -> any SchedulingPolicy)] = [
      ("rr", { RoundRobin() }),
      ("fifo", { FirstInFirstOut() }),
      ("sjf", { ShortestJobFirst() }),
      ("stcf", { ShortestTimeToCompletionFirst() }),
      ("priority", { HighestPriorityFirst(aging: 10) }),
      ("mlfq", { MultilevelFeedback(.init(boost: 1_000)) }),
      ("lottery", { Lottery() }),
      ("stride", { Stride() }),
      ("fair", { FairShare() }),
    ]
    return policies.map { name, policy in
      Measure(
        name: "choose/\(name)",
        sizes: [1_000, 1_000_000],
        operations: 2_000_000,
        run: under(policy)
      )
    }
  }()
}
