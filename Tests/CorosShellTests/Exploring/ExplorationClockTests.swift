import Testing

@testable import CorosExplore
@testable import CorosShell

/// What is shown of how far an exploration has come.
@Suite struct ExplorationClockTests {
  private let host = RecordingHost()

  private func shown(_ clock: ExplorationClock, runs: Int, share: Double?) -> String {
    _ = clock.note(
      ExplorationProgress(runs: runs, steps: 0, states: nil, failures: 0, share: share)
    )
    return host.progress.last.flatMap { $0 } ?? ""
  }

  @Test func `runs of a process that was stopped are not counted in the rate`() {
    let clock = ExplorationClock(host, time: nil, portions: 4)
    clock.notePortion(runs: 1_000_000, portions: 2)
    let text = shown(clock, runs: 0, share: 0.5)
    #expect(text.hasPrefix("1,000,000 runs, 0 a second; about 62 % of the tree, "))
    clock.notePortion(runs: 2_000_000, portions: 3)
    #expect(!shown(clock, runs: 0, share: nil).contains(" 0 a second"))
  }

  @Test func `of random runs it is said how many of them were made`() {
    let clock = ExplorationClock(host, time: nil, portions: 4, isSampler: true)
    clock.notePortion(runs: 10, portions: 1)
    #expect(shown(clock, runs: 0, share: nil).contains("about 25 % of the runs"))
  }
}
