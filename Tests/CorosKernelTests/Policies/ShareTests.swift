import CorosKernel
import CorosTestSupport
import Testing

/// Shares of the CPU, and who is never left out.
@Suite struct ShareTests {
  /// Runs endless jobs, and tells after each tick how much each has had.
  private func follow(
    _ jobs: [TextbookJob],
    _ policy: any SchedulingPolicy,
    ticks: Int,
    seed: UInt64 = 0,
    _ check: (_ ran: [Tick], _ now: Tick) -> Void
  ) throws {
    let scheduler = Scheduler(policy: policy, seed: seed)
    try scheduler.create(jobs)
    var ran = jobs.map { _ in 0 }
    for _ in 0..<ticks {
      guard case .dispatched(let tid) = scheduler.step() else { return }
      ran[tid.rawValue - 1] += 1
      check(ran, scheduler.now)
    }
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `a lottery's shares are in proportion to tickets, but for luck`(seed: UInt64) throws {
    let tickets = [10, 40, 150, 300]
    let jobs = tickets.map { TextbookJob(100_000, tickets: $0) }
    let (ticks, total) = (8_000, 500)
    var ran: [Tick] = []
    try follow(jobs, Lottery(), ticks: ticks, seed: seed) { counts, _ in ran = counts }
    for (count, share) in zip(ran, tickets) {
      // Beyond five standard deviations of a binomial distribution is no luck: squared, in integers.
      let off = count * total - ticks * share
      #expect(off * off <= 25 * ticks * share * (total - share), "\(ran)")
    }
  }

  @Test(arguments: [1, 3] as [Tick], 1...4 as ClosedRange<UInt64>)
  func `under stride no two are ever a quantum off their proportion`(
    quantum: Tick,
    seed: UInt64
  ) throws {
    var random = RandomSource(seed: seed)
    let tickets = (1...6).map { _ in random.next(in: 1...400) }
    let jobs = tickets.map { TextbookJob(100_000, tickets: $0) }
    var worst = 0
    try follow(jobs, Stride(quantum: quantum), ticks: 3_000) { ran, now in
      guard now.isMultiple(of: quantum) else { return }
      for one in jobs.indices {
        for other in jobs.indices where one != other {
          let both = tickets[one] + tickets[other]
          // How far the one is ahead of its part of what the two have had, times `both`.
          let ahead = ran[one] * both - (ran[one] + ran[other]) * tickets[one]
          worst = max(worst, (abs(ahead) + both - 1) / both)
        }
      }
    }
    #expect(worst <= quantum)
  }

  @Test(arguments: [1, 4] as [Tick], 1...4 as ClosedRange<UInt64>)
  func `under fair nobody is ever a slice off its share`(slice: Tick, seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let nices = (1...6).map { _ in random.next(in: -8...8) }
    // As in Linux: nice values 0 and n, their weights.
    let weights = [
      -8: 6_100, -7: 4_904, -6: 3_906, -5: 3_121, -4: 2_501, -3: 1_991, -2: 1_586, -1: 1_277,
      0: 1_024, 1: 820, 2: 655, 3: 526, 4: 423, 5: 335, 6: 272, 7: 215, 8: 172,
    ]
    let jobs = nices.map { TextbookJob(100_000, nice: $0) }
    let mine = nices.compactMap { weights[$0] }
    let total = mine.reduce(0, +)
    var worst = 0
    try follow(jobs, FairShare(slice: slice), ticks: 3_000) { ran, now in
      for (ran, weight) in zip(ran, mine) {
        worst = max(worst, abs(ran * total - now * weight))
      }
    }
    #expect(worst <= slice * total, "\(worst / total) ticks")
  }

  @Test func `under fair a sleeper is owed no more than two slices`() throws {
    let scheduler = Scheduler(policy: FairShare(slice: 2))
    try scheduler.create([TextbookJob(1_000), TextbookJob(1_000, io: 1, lasting: 200)])
    scheduler.run(ticks: 210)
    let before = try #require(scheduler.info(1)?.accounting.dispatches)
    // It has slept for 200 ticks: the other gets the CPU again soon after.
    scheduler.run(ticks: 20)
    let after = try #require(scheduler.info(1)?.accounting.dispatches)
    #expect(after - before >= 14)
  }

  @Test func `time away earns nothing under stride`() throws {
    let scheduler = Scheduler(policy: Stride())
    try scheduler.create([TextbookJob(1_000), TextbookJob(at: 500, 1_000)])
    scheduler.run(ticks: 600)
    #expect(scheduler.info(1)?.accounting.dispatches == 550)
    #expect(scheduler.info(2)?.accounting.dispatches == 50)
  }

  @Test(arguments: [
    (PolicyCase { Lottery() }, 100_000), (PolicyCase { Stride() }, 100_000),
  ])
  func `a change of tickets changes shares`(policy: PolicyCase, length: Tick) throws {
    let scheduler = Scheduler(policy: policy.make())
    try scheduler.create([TextbookJob(length), TextbookJob(length)])
    scheduler.run(ticks: 1_000)
    try scheduler.perform(SetTickets(900, of: 1))
    let before = try #require(scheduler.info(1)?.accounting.dispatches)
    scheduler.run(ticks: 1_000)
    let gained = try #require(scheduler.info(1)?.accounting.dispatches) - before
    #expect((850...950).contains(gained))
  }

  @Test func `a change of nice values changes shares`() throws {
    let scheduler = Scheduler(policy: FairShare())
    try scheduler.create([TextbookJob(100_000), TextbookJob(100_000)])
    scheduler.run(ticks: 1_000)
    // Five steps are a factor of about three.
    try scheduler.perform(SetNice(5, of: 2))
    let before = try #require(scheduler.info(1)?.accounting.dispatches)
    scheduler.run(ticks: 1_359)
    let gained = try #require(scheduler.info(1)?.accounting.dispatches) - before
    #expect((1_016...1_032).contains(gained))
  }

  // MARK: Starvation

  /// How often a long job ran while short ones came without end.
  private func ticksOfLongJob(_ policy: any SchedulingPolicy) throws -> Tick {
    let short = stride(from: 5, to: 400, by: 4).map { TextbookJob(at: $0, 4, priority: 2) }
    let scheduler = Scheduler(policy: policy)
    try scheduler.create([TextbookJob(60, priority: 0)] + short)
    scheduler.run(ticks: 400)
    return try #require(scheduler.info(1)?.accounting.dispatches)
  }

  @Test func `a boost saves a long job from starving`() throws {
    let calm = MultilevelFeedback.Settings(quanta: [5, 5, 5])
    let boosted = MultilevelFeedback.Settings(quanta: [5, 5, 5], boost: 50)
    #expect(try ticksOfLongJob(MultilevelFeedback(calm)) == 5)
    #expect(try ticksOfLongJob(MultilevelFeedback(boosted)) >= 5 + 7 * 4)
  }

  @Test func `aging saves a job of low priority from starving`() throws {
    #expect(try ticksOfLongJob(HighestPriorityFirst()) == 5)
    // Two steps make it equal and one more gives it the CPU, for a tick: at least every 35 ticks.
    #expect(try ticksOfLongJob(HighestPriorityFirst(aging: 10)) >= 395 / 35)
    #expect(try ticksOfLongJob(HighestPriorityFirst(isPreemptive: false, aging: 10)) == 60)
  }

  // MARK: The best there is

  /// The smallest sum of turnarounds that any order of jobs can have, each run without a break.
  private func bestWithoutPreemption(_ lengths: [Tick]) -> Tick {
    guard !lengths.isEmpty else { return 0 }
    return lengths.indices.map { first in
      var rest = lengths
      // Everybody who is still there waits for it.
      let cost = rest.remove(at: first) * lengths.count
      return cost + bestWithoutPreemption(rest)
    }.min() ?? 0
  }

  @Test func `no order of whole jobs beats the shortest first`() throws {
    var random = RandomSource(seed: 5)
    for _ in 0..<40 {
      let lengths = (0..<random.next(in: 1...6)).map { _ in random.next(in: 1...12) }
      let (run, _) = try Scheduler.run(lengths.map { TextbookJob($0) }, ShortestJobFirst())
      #expect(run.turnarounds.reduce(0, +) == bestWithoutPreemption(lengths))
    }
  }

  /// The smallest number of ticks that jobs can spend in the system in all, however they are run.
  private func best(
    _ jobs: [TextbookJob],
    left: [Tick],
    at now: Tick,
    _ known: inout [[Tick]: Tick]
  ) -> Tick {
    if left.allSatisfy({ $0 == 0 }) { return 0 }
    if let answer = known[left + [now]] { return answer }
    let present = jobs.indices.filter { left[$0] > 0 && jobs[$0].arrival <= now }
    var answer = Tick.max
    if present.isEmpty {
      answer = best(jobs, left: left, at: now + 1, &known)
    }
    for job in present {
      var rest = left
      rest[job] -= 1
      answer = min(answer, present.count + best(jobs, left: rest, at: now + 1, &known))
    }
    known[left + [now]] = answer
    return answer
  }

  @Test func `no schedule at all beats the shortest time to completion first`() throws {
    var random = RandomSource(seed: 6)
    for _ in 0..<40 {
      let jobs = (0..<random.next(in: 1...4)).map { _ in
        TextbookJob(at: random.next(below: 8), random.next(in: 1...6))
      }
      var known: [[Tick]: Tick] = [:]
      let (run, _) = try Scheduler.run(jobs, ShortestTimeToCompletionFirst())
      let expected = best(jobs, left: jobs.map(\.length), at: 0, &known)
      #expect(run.turnarounds.reduce(0, +) == expected)
    }
  }
}
