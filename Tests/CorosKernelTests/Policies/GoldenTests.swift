import CorosKernel
import CorosTestSupport
import Testing

/// What the simulators of OSTEP print, and the examples of the books and papers.
@Suite struct GoldenTests {
  /// Sums, so that averages need no rounding.
  private struct Sums: Equatable {
    var response: Tick
    var turnaround: Tick
    var wait: Tick
  }

  private func sums(_ lengths: [Tick], _ policy: any SchedulingPolicy) throws -> Sums {
    let jobs = lengths.map { TextbookJob($0) }
    let (_, scheduler) = try Scheduler.run(jobs, policy)
    let accounts = scheduler.tasks(includingEnded: true).map(\.accounting)
    return Sums(
      response: accounts.compactMap(\.response).reduce(0, +),
      turnaround: accounts.compactMap(\.turnaround).reduce(0, +),
      wait: accounts.map { $0.wait(now: scheduler.now) }.reduce(0, +)
    )
  }

  @Test func `scheduler.py: three jobs first in, first out`() throws {
    #expect(
      try sums([10, 5, 8], FirstInFirstOut()) == Sums(response: 25, turnaround: 48, wait: 25)
    )
  }

  @Test func `scheduler.py: the shortest job first`() throws {
    #expect(
      try sums([10, 5, 8], ShortestJobFirst()) == Sums(response: 18, turnaround: 41, wait: 18)
    )
    let (run, _) = try Scheduler.run([.init(3), .init(1), .init(2)], ShortestJobFirst())
    #expect(run.description == "BCCAAA")
  }

  @Test func `scheduler.py: round robin`() throws {
    #expect(
      try sums([10, 5, 8], RoundRobin()) == Sums(response: 3, turnaround: 58, wait: 35)
    )
    #expect(
      try sums([10, 5, 8], RoundRobin(quantum: 3)) == Sums(response: 9, turnaround: 59, wait: 36)
    )
    let jobs = [10, 5, 8].map { TextbookJob($0) }
    #expect(try Scheduler.run(jobs, RoundRobin()).run.turnarounds == [23, 14, 21])
    #expect(try Scheduler.run(jobs, RoundRobin(quantum: 3)).run.turnarounds == [23, 14, 22])
  }

  @Test(arguments: [(false, false), (true, false), (false, true)])
  func `mlfq.py: a long job and one that waits often`(stay: Bool, iobump: Bool) throws {
    let jobs = [TextbookJob(20), TextbookJob(at: 10, 8, io: 3, lasting: 4)]
    let settings = MultilevelFeedback.Settings(quanta: [5, 5, 5], stay: stay, iobump: iobump)
    let (run, _) = try Scheduler.run(jobs, MultilevelFeedback(settings))
    #expect(run.responses == [0, 0])
    #expect(run.turnarounds == [28, 16])
  }

  @Test func `mlfq.py -S: a wait in a quantum's last tick lowers the job`() throws {
    let jobs = [TextbookJob(6, io: 2, lasting: 1), TextbookJob(6)]
    let settings = MultilevelFeedback.Settings(quanta: [2, 2], stay: true)
    #expect(try Scheduler.run(jobs, MultilevelFeedback(settings)).run.turnarounds == [10, 12])
  }

  @Test func `mlfq.py: two long jobs and a boost`() throws {
    let settings = MultilevelFeedback.Settings(quanta: [5, 5], boost: 10)
    let (run, _) = try Scheduler.run(
      [TextbookJob(20), TextbookJob(20)],
      MultilevelFeedback(settings)
    )
    #expect(run.responses == [0, 5])
    #expect(run.turnarounds == [35, 40])
  }

  @Test func `mlfq.py: with stay, a wait before the end of the quantum makes it whole`() throws {
    // At the end of the quantum it demotes all the same, unless the allotment has another.
    for (wait, allotment, stay, queue) in [
      (4, 1, true, "queue 1 of 3"), (4, 1, false, "queue 2 of 3"), (5, 1, true, "queue 3 of 3"),
      (5, 1, false, "queue 3 of 3"), (5, 2, true, "queue 1 of 3"), (5, 2, false, "queue 2 of 3"),
    ] {
      let jobs = [TextbookJob(12, io: wait, lasting: 5)]
      let settings = MultilevelFeedback.Settings(
        quanta: [5, 5, 5],
        allotments: [allotment],
        stay: stay
      )
      let scheduler = Scheduler(policy: MultilevelFeedback(settings))
      try scheduler.create(jobs)
      scheduler.run(ticks: 2 * (wait + 5) + 1)
      #expect(scheduler.sortKey(of: 1)?.hasPrefix(queue) == true)
    }
  }

  @Test func `lottery.py: two jobs and four draws`() throws {
    // The simulator's clock runs through the quantum even if the job has ended; this one's does not.
    let jobs = [TextbookJob(3, tickets: 100), TextbookJob(3, tickets: 50)]
    let policy = Lottery(quantum: 2, draws: [134_364, 847_434, 763_775, 255_069])
    #expect(try Scheduler.run(jobs, policy).run.description == "BBAABA")
  }

  @Test func `OSTEP, figure 9.3: strides of 100, 200 and 40`() throws {
    let jobs = [100, 50, 250].map { TextbookJob(100, tickets: $0) }
    let scheduler = Scheduler(policy: Stride())
    try scheduler.create(jobs)
    var order = ""
    var passes: [[String?]] = []
    for _ in 1...9 {
      passes.append((1...3).map { scheduler.sortKey(of: TaskID(rawValue: $0)) })
      guard case .dispatched(let tid) = scheduler.step() else { break }
      order += ["A", "B", "C"][tid.rawValue - 1]
    }
    #expect(order.hasPrefix("ABCCCACC"))
    #expect(passes[5] == ["pass 100", "pass 200", "pass 120"])
    #expect(passes[8] == ["pass 200", "pass 200", "pass 200"])
  }

  @Test func `OSTEP, figure 7.5: the shortest time to completion first`() throws {
    let jobs = [TextbookJob(100), TextbookJob(at: 10, 10), TextbookJob(at: 10, 10)]
    let (run, _) = try Scheduler.run(jobs, ShortestTimeToCompletionFirst())
    #expect(run.turnarounds == [120, 10, 20])
  }

  @Test func `Stallings, table 9.5: five processes`() throws {
    let jobs = [(0, 3), (2, 6), (4, 4), (6, 5), (8, 2)].map { TextbookJob(at: $0, $1) }
    func ends(_ policy: any SchedulingPolicy) throws -> [Tick] {
      try zip(jobs, Scheduler.run(jobs, policy).run.turnarounds).map { $0.arrival + $1 }
    }
    #expect(try ends(FirstInFirstOut()) == [3, 9, 13, 18, 20])
    #expect(try ends(RoundRobinAfterArrivals()) == [4, 18, 17, 20, 15])
    #expect(try ends(RoundRobinAfterArrivals(quantum: 4)) == [3, 17, 11, 20, 19])
    #expect(try ends(ShortestJobFirst()) == [3, 9, 15, 20, 11])
    #expect(try ends(ShortestTimeToCompletionFirst()) == [3, 15, 8, 20, 10])
    #expect(try ends(HighestResponseRatioNext()) == [3, 9, 13, 20, 15])
  }

  @Test func `x86.py: the next thread has the rest of an interval, and a yield begins another`()
    throws
  {
    // Three threads of 3, 9 and 9 instructions, -i 5: the first halts in the third tick.
    let jobs = [TextbookJob(3), TextbookJob(9), TextbookJob(9)]
    let (run, _) = try Scheduler.run(jobs, TimerRoundRobin(interval: 5))
    #expect(run.description == "AAABB" + "CCCCC" + "BBBBB" + "CCCCB" + "B")
    var yielding = [TextbookJob(8), TextbookJob(8)]
    yielding[0].yieldEvery = 3
    let (other, _) = try Scheduler.run(yielding, TimerRoundRobin(interval: 5))
    #expect(other.description == "AAA" + "BBBBB" + "AAA" + "BBB" + "AA")
  }

  @Test func `x86.py -P: digits are turns`() throws {
    let jobs = [TextbookJob(4), TextbookJob(7)]
    let (run, _) = try Scheduler.run(jobs, TurnPattern([1, 1, 2]))
    #expect(run.description == "AABAAB" + "BBBBB")
  }

  @Test func `Silberschatz, 5.3.4: priorities`() throws {
    // There the smaller number is the higher priority.
    let jobs = [(10, 3), (1, 1), (2, 4), (1, 5), (5, 2)].map { TextbookJob($0, priority: -$1) }
    let (_, scheduler) = try Scheduler.run(jobs, HighestPriorityFirst(isPreemptive: false))
    let waits = scheduler.tasks(includingEnded: true).map { $0.accounting.wait(now: scheduler.now) }
    #expect(waits == [6, 0, 16, 18, 1])
  }
}
