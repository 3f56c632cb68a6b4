import CorosStorm
import Testing

@testable import CorosKernel

/// Machines that are saved and come back in memory that was used before, as explorers do it all the time.
@Suite(.timeLimit(.minutes(15))) struct SavedMachineTests {
  @Test(arguments: 1...4 as ClosedRange<UInt64>, ["rr", "mlfq", "priority:donation=yes"])
  func `a machine that was elsewhere goes on as one that stayed`(
    seed: UInt64,
    policy: String
  ) throws {
    let limits = Limits(tasks: 60, keptStatuses: seed == 1 ? 3 : 100, refusals: 3)
    let plan = StormPlan(seed: seed, policy: policy, limits: limits, mixesForms: false)
    // Two storms that make the same calls: the tasks of the second are never disturbed.
    let storms = try (0..<2).map { _ in try #require(Storm(plan, checksEvery: 200)) }
    let logs = storms.map { storm in
      let log = EventLog(limit: 1_000_000)
      storm.scheduler.add(log)
      return log
    }
    let traveller = storms[0].scheduler
    var moments: [SavedMachine] = []
    for round in 0..<60 {
      for storm in storms { storm.run(calls: 40) }
      guard moments.count == 2 else {
        moments.append(traveller.save())
        continue
      }
      let (here, elsewhere) = (moments[round % 2], moments[(round + 1) % 2])
      traveller.save(into: here)
      traveller.restore(elsewhere)
      #expect(traveller.brokenInvariants() == [])
      traveller.restore(here)
      #expect(traveller.brokenInvariants() == [])
    }
    for storm in storms { #expect(storm.faults == []) }
    #expect(logs[0].events.count > 5_000)
    #expect(logs[0].events == logs[1].events)
  }
}
