import CorosKernel
import CorosTestSupport

/// The textbooks' rules again, written down as they are told: tick by tick, over plain lists.
///
/// It shares no code with the kernel: a run of the same jobs by both must be the same.
struct TextbookSimulator {
  let jobs: [TextbookJob]
  private(set) var ticks: [Int?] = []
  private var ran: [Tick]
  private var time: Tick = 0
  /// Who comes, or comes back, at which tick, in the order in which that was known.
  private var comers: [Tick: [(job: Int, isBack: Bool)]] = [:]

  init(_ jobs: [TextbookJob]) {
    self.jobs = jobs
    ran = jobs.map { _ in 0 }
    for (job, record) in jobs.enumerated() {
      comers[record.arrival, default: []].append((job, false))
    }
  }

  private var isDone: Bool { jobs.indices.allSatisfy { ran[$0] == jobs[$0].length } }

  /// What a tick of CPU leads to.
  private enum Outcome { case ended, waits, goesOn }

  /// Runs a job for a tick, or nobody.
  private mutating func tick(_ job: Int?) -> Outcome {
    ticks.append(job)
    time += 1
    guard let job else { return .goesOn }
    ran[job] += 1
    if ran[job] == jobs[job].length { return .ended }
    guard jobs[job].waits(after: ran[job]) else { return .goesOn }
    comers[time + jobs[job].ioTime, default: []].append((job, true))
    return .waits
  }

  /// Round robin; with a quantum of `Tick.max`, first in, first out.
  mutating func roundRobin(quantum: Tick) -> JobRun {
    var queue: [Int] = []
    var left = quantum
    while !isDone {
      queue += (comers[time] ?? []).map(\.job)
      guard let job = queue.first else {
        _ = tick(nil)
        continue
      }
      left -= 1
      let outcome = tick(job)
      if outcome != .goesOn || left == 0 {
        queue.removeFirst()
        if outcome == .goesOn { queue.append(job) }
        left = quantum
      }
    }
    return JobRun(ticks: ticks, jobs: jobs)
  }

  /// Whoever has the least of some measure, of a job that has had so many ticks of CPU.
  mutating func smallest(
    isPreemptive: Bool,
    _ measure: (TextbookJob, _ ran: Tick) -> Int
  ) -> JobRun {
    var ready: [Int] = []
    var running: Int?
    while !isDone {
      ready += (comers[time] ?? []).map(\.job)
      func value(_ job: Int) -> Int { measure(jobs[job], ran[job]) }
      let best = ready.min { value($0) < value($1) }
      if let best, running.map({ isPreemptive && value(best) < value($0) }) ?? true {
        running = best
      }
      let job = running
      if tick(job) != .goesOn {
        ready.removeAll { $0 == job }
        running = nil
      }
    }
    return JobRun(ticks: ticks, jobs: jobs)
  }

  /// Priorities, a step of which is gained by waiting for `aging` ticks.
  mutating func priority(isPreemptive: Bool, aging: Tick) -> JobRun {
    struct Waiter {
      var job: Int
      var since: Tick
      var arrival: Int
    }
    // In parts of a step, so that who has waited longer is ahead.
    let step = max(1, aging)
    var ready: [Waiter] = []
    var running: Waiter?
    var arrivals = 0
    while !isDone {
      for (job, _) in comers[time] ?? [] {
        arrivals += 1
        ready.append(Waiter(job: job, since: time, arrival: arrivals))
      }
      func own(_ waiter: Waiter) -> Int { jobs[waiter.job].parameters.priority * step }
      func grown(_ waiter: Waiter) -> Int { own(waiter) + (aging > 0 ? time - waiter.since : 0) }
      let best = ready.min { (-grown($0), $0.arrival) < (-grown($1), $1.arrival) }
      if let best, running.map({ isPreemptive && grown(best) >= own($0) + step }) ?? true {
        ready.removeAll { $0.job == best.job }
        if var loser = running {
          loser.since = time
          ready.append(loser)
        }
        running = best
      }
      if tick(running?.job) != .goesOn { running = nil }
    }
    return JobRun(ticks: ticks, jobs: jobs)
  }

  /// The rules of `mlfq.py`, in their order; queue 0 is the highest.
  mutating func feedback(_ settings: MultilevelFeedback.Settings) -> JobRun {
    let bottom = settings.quanta.count - 1
    var queues: [[Int]] = Array(repeating: [], count: bottom + 1)
    var level = jobs.map { _ in 0 }
    var left = jobs.map { _ in settings.quanta[0] }
    var quanta = jobs.map { _ in settings.allotments[0] }
    func refresh(_ job: Int) {
      left[job] = settings.quanta[level[job]]
      quanta[job] = settings.allotments[level[job]]
    }
    while !isDone {
      if settings.boost > 0, time > 0, time.isMultiple(of: settings.boost) {
        for lower in stride(from: bottom, to: 0, by: -1) {
          queues[0] += queues[lower]
          queues[lower] = []
        }
        for job in jobs.indices {
          level[job] = 0
          refresh(job)
        }
      }
      for (job, isBack) in comers[time] ?? [] {
        let place = settings.iobump && isBack ? 0 : queues[level[job]].count
        queues[level[job]].insert(job, at: place)
      }
      guard let job = queues.first(where: { !$0.isEmpty })?.first else {
        _ = tick(nil)
        continue
      }
      let current = level[job]
      left[job] -= 1
      let outcome = tick(job)
      if outcome != .goesOn { queues[current].removeFirst() }
      // The simulator with -S: a fresh quantum and allotment, and then one that was used up is taken off.
      let isUsedUp = left[job] == 0
      if outcome == .waits, settings.stay { refresh(job) }
      if outcome != .ended, isUsedUp {
        if outcome == .goesOn { queues[current].removeFirst() }
        quanta[job] -= 1
        if quanta[job] == 0 {
          level[job] = min(current + 1, bottom)
          refresh(job)
        } else {
          left[job] = settings.quanta[current]
        }
        if outcome == .goesOn { queues[level[job]].append(job) }
      }
    }
    return JobRun(ticks: ticks, jobs: jobs)
  }
}
