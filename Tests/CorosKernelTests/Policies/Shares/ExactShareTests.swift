import CorosKernel
import CorosTestSupport
import Testing

/// Thousands of random workloads, run by the kernel and by models that never round.
@Suite struct ExactShareTests {
  #if DEBUG
    private static let rounds = 400
  #else
    private static let rounds = 20_000
  #endif

  private func compare(
    _ kind: ShareWorkload.Kind,
    seed: UInt64,
    _ policy: (_ slice: Tick) -> any SchedulingPolicy,
    _ simulate: (_ slice: Tick, ShareWorkload) -> [Int?]
  ) throws {
    var random = RandomSource(seed: seed)
    for round in 0..<Self.rounds {
      let workload = ShareWorkload(kind, &random)
      let slice = random.next(in: 1...6)
      let expected = simulate(slice, workload)
      let actual = try workload.run(under: policy(slice))
      guard actual != expected else { continue }
      Issue.record(
        """
        round \(round): \(policy(slice).description), \(workload)
        model  \(describe(expected))
        kernel \(describe(actual))
        """
      )
      return
    }
  }

  private func describe(_ ticks: [Int?]) -> String {
    ticks.map { $0.map(String.init) ?? "." }.joined()
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `fair`(seed: UInt64) throws {
    try compare(.nice, seed: seed, { FairShare(slice: $0) }) { slice, workload in
      let model = ExactFair(workload.jobs.map(\.share), slice: slice)
      var simulator = ShareSimulator(workload, model)
      return simulator.run()
    }
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `stride`(seed: UInt64) throws {
    try compare(.tickets, seed: seed, { Stride(quantum: $0) }) { quantum, workload in
      let changes = workload.jobs.compactMap(\.change?.share)
      let acts = workload.acts.compactMap { act in
        if case .share(let share) = act.kind { share } else { nil }
      }
      let model = ExactStride(
        workload.jobs.map(\.share),
        others: changes + acts,
        quantum: quantum
      )
      var simulator = ShareSimulator(workload, model)
      return simulator.run()
    }
  }
}
