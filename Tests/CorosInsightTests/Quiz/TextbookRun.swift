import CorosKernel

@testable import CorosInsight

/// A run of jobs by the rules that a quiz states, computed tick by tick without the kernel.
struct TextbookRun {
  /// Which job has the CPU in each tick; nil for none.
  private(set) var runners: [Int?] = []
  let jobs: [QuizJob]

  enum Rule {
    case rr(quantum: Int)
    case rrArrivals(quantum: Int)
    case timer(every: Int)
    case fifo, sjf, stcf, hrrn
    case priority(isPreemptive: Bool)
    case mlfq(quanta: [Int], allotment: Int, boost: Int)
  }

  init(_ jobs: [QuizJob], _ rule: Rule) {
    self.jobs = jobs
    switch rule {
    case .rr(let quantum): queues([quantum], allotment: 1, boost: 0)
    case .rrArrivals(let quantum): line(quantum, isTimer: false)
    case .timer(let interval): line(interval, isTimer: true)
    case .mlfq(let quanta, let allotment, let boost):
      queues(quanta, allotment: allotment, boost: boost)
    case .fifo: choose(isPreemptive: false) { job, _, _ in (job, 0) }
    case .hrrn:
      choose(isPreemptive: false) { job, _, now in
        // Ratios with a denominator that all lengths up to 10 divide.
        (-(now - jobs[job].arrival) * 2_520 / jobs[job].length, job)
      }
    case .sjf: choose(isPreemptive: false) { job, _, _ in (jobs[job].length, job) }
    case .stcf: choose(isPreemptive: true) { job, left, _ in (left, job) }
    case .priority(let isPreemptive):
      choose(isPreemptive: isPreemptive) { job, _, _ in (-jobs[job].priority, job) }
    }
  }

  /// One job is the best; it may go on, or must make way for a better one.
  private mutating func choose(isPreemptive: Bool, by rank: (Int, Int, Int) -> (Int, Int)) {
    var left = jobs.map(\.length)
    var running: Int?
    while left.contains(where: { $0 > 0 }) {
      let now = runners.count
      let there = jobs.indices.filter { jobs[$0].arrival <= now && left[$0] > 0 }
      let best = there.min { rank($0, left[$0], now) < rank($1, left[$1], now) }
      if let job = running, left[job] > 0 {
        let isBetter = best.map { rank($0, left[$0], now).0 < rank(job, left[job], now).0 } ?? false
        if isPreemptive, isBetter { running = best }
      } else {
        running = best
      }
      runners.append(running)
      if let job = running {
        left[job] -= 1
        if left[job] == 0 { running = nil }
      }
    }
  }

  /// One line of jobs: the first has the CPU for some ticks of its own, or of a timer.
  private mutating func line(_ ticks: Int, isTimer: Bool) {
    var left = jobs.map(\.length)
    var line: [Int] = []
    var used = 0
    while left.contains(where: { $0 > 0 }) {
      let now = runners.count
      let isOver = isTimer ? now.isMultiple(of: ticks) : used == ticks
      let arrivals = jobs.indices.filter { jobs[$0].arrival == now }
      if isOver {
        // One that has not run yet takes nobody's turn.
        let turned = line.prefix(used > 0 ? 1 : 0)
        line = line.dropFirst(turned.count) + (isTimer ? turned + arrivals : arrivals + turned)
        used = 0
      } else {
        line += arrivals
      }
      runners.append(line.first)
      guard let job = line.first else { continue }
      used += 1
      left[job] -= 1
      if left[job] == 0 {
        line.removeFirst()
        used = 0
      }
    }
  }

  /// Queues in order of decreasing priority; round robin has one.
  private mutating func queues(_ quanta: [Int], allotment: Int, boost: Int) {
    var left = jobs.map(\.length)
    var level = jobs.map { _ in 0 }
    var quantum = jobs.map { _ in quanta[0] }
    var rounds = jobs.map { _ in allotment }
    var lines: [[Int]] = quanta.map { _ in [] }
    while left.contains(where: { $0 > 0 }) {
      let now = runners.count
      if boost > 0, now > 0, now.isMultiple(of: boost) {
        let top = lines[0]
        let lower = lines.dropFirst().reversed().flatMap { $0 }
        lines = quanta.map { _ in [] }
        lines[0] = top + lower
        for job in jobs.indices {
          level[job] = 0
          quantum[job] = quanta[0]
          rounds[job] = allotment
        }
      }
      for job in jobs.indices where jobs[job].arrival == now { lines[0].append(job) }
      let job = lines.first { !$0.isEmpty }?.first
      runners.append(job)
      guard let job else { continue }
      left[job] -= 1
      quantum[job] -= 1
      if left[job] == 0 {
        lines[level[job]].removeFirst()
      } else if quantum[job] == 0 {
        lines[level[job]].removeFirst()
        rounds[job] -= 1
        if rounds[job] == 0 {
          level[job] = min(level[job] + 1, quanta.count - 1)
          rounds[job] = allotment
        }
        quantum[job] = quanta[level[job]]
        lines[level[job]].append(job)
      }
    }
  }

  /// The answer to a question, computed only from which job ran in which tick.
  func answer(_ question: QuizQuestion) -> QuizQuestion.Answer {
    func first(_ job: Int) -> Int { runners.firstIndex(of: job) ?? -1 }
    func end(_ job: Int) -> Int { (runners.lastIndex(of: job) ?? -1) + 1 }
    func who(_ job: Int?) -> QuizQuestion.Answer {
      .job(job, name: job.map { jobs[$0].name } ?? "none")
    }
    switch question {
    case .runner(let tick): return who(runners[tick])
    case .firstRun(let job): return .number(first(job))
    case .end(let job): return .number(end(job))
    case .response(let job): return .number(first(job) - jobs[job].arrival)
    case .turnaround(let job): return .number(end(job) - jobs[job].arrival)
    case .wait(let job):
      let there = jobs[job].arrival..<end(job)
      return .number(there.count { runners[$0] != job })
    case .switches:
      let busy = runners.compactMap { $0 }
      return .number(zip(busy, busy.dropFirst()).count { $0 != $1 })
    case .idle: return .number(runners.count { $0 == nil })
    case .last: return who(runners.last ?? nil)
    }
  }
}
