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
  private let hardware: Hardware
  /// From when on the shared device has nothing to do.
  private var deviceIsFree: Tick = 0
  /// Who ran last, to whom the CPU is being switched, and for how many more ticks.
  private var last: Int?
  private var incoming: Int?
  private var switchLeft: Tick = 0

  init(_ jobs: [TextbookJob], _ hardware: Hardware = Hardware()) {
    self.jobs = jobs
    self.hardware = hardware
    ran = jobs.map { _ in 0 }
    for (job, record) in jobs.enumerated() {
      comers[record.arrival, default: []].append((job, false))
    }
  }

  private var isDone: Bool { jobs.indices.allSatisfy { ran[$0] == jobs[$0].length } }

  /// What a tick of CPU leads to.
  private enum Outcome { case ended, waits, yields, goesOn }

  /// Lets a tick pass in which the CPU is switched to a job; false when the job can run.
  private mutating func switches(to job: Int) -> Bool {
    guard let last, last != job else {
      incoming = nil
      return false
    }
    if incoming != job { (incoming, switchLeft) = (job, hardware.switchTicks) }
    guard switchLeft > 0 else { return false }
    switchLeft -= 1
    ticks.append(nil)
    time += 1
    return true
  }

  /// Runs a job for a tick, or nobody.
  private mutating func tick(_ job: Int?) -> Outcome {
    ticks.append(job)
    time += 1
    incoming = nil
    guard let job else { return .goesOn }
    last = job
    ran[job] += 1
    if ran[job] == jobs[job].length { return .ended }
    if jobs[job].yields(after: ran[job]) { return .yields }
    guard jobs[job].waits(after: ran[job]) else { return .goesOn }
    var done = time + jobs[job].ioTime
    if hardware.device == .shared {
      done = max(time, deviceIsFree) + jobs[job].ioTime
      deviceIsFree = done
    }
    comers[done, default: []].append((job, true))
    return .waits
  }

  /// Round robin; with a quantum of `Tick.max`, first in, first out.
  mutating func roundRobin(quantum: Tick, arrivalsFirst: Bool = false) -> JobRun {
    var queue: [Int] = []
    var left = quantum
    // Whose turn is over, as long as those who come at that moment are not queued.
    var turned: [Int] = []
    while !isDone {
      let arrivals = (comers[time] ?? []).map(\.job)
      queue += arrivalsFirst ? arrivals + turned : turned + arrivals
      turned = []
      guard let job = queue.first else {
        _ = tick(nil)
        continue
      }
      if switches(to: job) { continue }
      left -= 1
      let outcome = tick(job)
      if outcome != .goesOn || left == 0 {
        queue.removeFirst()
        if outcome == .goesOn || outcome == .yields { turned = [job] }
        left = quantum
      }
    }
    return JobRun(ticks: ticks, jobs: jobs)
  }

  /// Round robin by a timer that interrupts every so many ticks, and begins anew when a job yields.
  mutating func timer(every interval: Tick) -> JobRun {
    var queue: [Int] = []
    var left = interval
    while !isDone {
      queue += (comers[time] ?? []).map(\.job)
      left -= 1
      if let job = queue.first {
        let outcome = tick(job)
        if outcome == .yields { left = 0 }
        if outcome != .goesOn || left == 0 {
          queue.removeFirst()
          if outcome == .goesOn || outcome == .yields { queue.append(job) }
        }
      } else {
        _ = tick(nil)
      }
      if left == 0 { left = interval }
    }
    return JobRun(ticks: ticks, jobs: jobs)
  }

  /// A pattern of turns, a tick each; jobs that it does not name take turns when none of the others can run.
  mutating func pattern(_ order: [Int]) -> JobRun {
    var ready: [Int] = []
    var turns = order
    var chosen: Int?
    while !isDone {
      ready += (comers[time] ?? []).map(\.job)
      if chosen == nil {
        chosen = ready.first { !order.contains($0) }
        if let turn = turns.firstIndex(where: ready.contains) {
          chosen = turns[turn]
          turns = Array(turns[(turn + 1)...] + turns[...turn])
        }
        ready.removeAll { $0 == chosen }
      }
      if let chosen, switches(to: chosen) { continue }
      let outcome = tick(chosen)
      guard let runner = chosen else { continue }
      chosen = nil
      if outcome == .goesOn || outcome == .yields { ready.append(runner) }
    }
    return JobRun(ticks: ticks, jobs: jobs)
  }

  /// The highest response ratio next.
  mutating func responseRatio() -> JobRun {
    var ready: [(job: Int, since: Tick)] = []
    var running: Int?
    while !isDone {
      ready += (comers[time] ?? []).map { ($0.job, time) }
      if running == nil {
        // Ratios are compared as fractions.
        func isHigher(_ one: (job: Int, since: Tick), _ other: (job: Int, since: Tick)) -> Bool {
          (time - one.since) * jobs[other.job].length > (time - other.since) * jobs[one.job].length
        }
        let best = ready.indices.first { index in
          ready.allSatisfy { !isHigher($0, ready[index]) }
        }
        running = best.map { ready.remove(at: $0).job }
      }
      if let running, switches(to: running) { continue }
      switch tick(running) {
      case .goesOn: break
      case .ended, .waits: running = nil
      case .yields:
        if let job = running { ready.append((job, time)) }
        running = nil
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
      if let job, switches(to: job) { continue }
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
      var hasRun = false
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
      func grown(_ waiter: Waiter) -> Int {
        own(waiter) + (aging > 0 && !waiter.hasRun ? time - waiter.since : 0)
      }
      let best = ready.min { (-grown($0), $0.arrival) < (-grown($1), $1.arrival) }
      if let best, running.map({ isPreemptive && grown(best) >= grown($0) + step }) ?? true {
        ready.removeAll { $0.job == best.job }
        if var loser = running {
          if loser.hasRun { loser.since = time }
          loser.hasRun = false
          ready.append(loser)
        }
        running = best
      }
      if let job = running?.job, switches(to: job) { continue }
      running?.hasRun = true
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
      if switches(to: job) { continue }
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
