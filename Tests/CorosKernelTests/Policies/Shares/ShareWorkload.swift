import CorosKernel
import CorosTestSupport

/// Jobs that wait, yield and change their own share, and an operator who meddles with them.
struct ShareWorkload: CustomStringConvertible {
  /// What a share is given by.
  enum Kind {
    case nice
    case tickets
  }

  struct Job {
    var arrival: Tick
    /// The ticks of CPU that it needs, the one in which it ends included.
    var length: Tick
    /// Its nice value or its tickets.
    var share: Int
    /// After how many ticks of CPU it waits each time, and for how long; 0 for never.
    var waitEvery: Tick = 0
    var waitTime: Tick = 0
    /// After how many ticks of CPU it yields each time; 0 for never.
    var yieldEvery: Tick = 0
    /// In which of its ticks it changes its own share, and to what.
    var change: (tick: Tick, share: Int)?

    /// What becomes of it in one of its ticks of CPU, counted from 1.
    enum Trap: Equatable {
      case ends
      case waits
      case yields
      case changes(to: Int)
      case computes
    }

    func trap(in tick: Tick) -> Trap {
      if tick == length { return .ends }
      if waitEvery > 0, tick.isMultiple(of: waitEvery) { return .waits }
      if yieldEvery > 0, tick.isMultiple(of: yieldEvery) { return .yields }
      if let change, change.tick == tick { return .changes(to: change.share) }
      return .computes
    }
  }

  /// What the operator does to a job, at a tick, before anything else happens in it.
  struct Act {
    enum Kind {
      case share(Int)
      case stop
      case resume
      case kill
      case pick
    }

    var tick: Tick
    var job: Int
    var kind: Kind
  }

  var kind: Kind
  var jobs: [Job]
  var acts: [Act]
  var hardware: Hardware

  var description: String { "\(hardware) \(jobs) \(acts)" }

  /// Draws a workload of a few jobs.
  init(_ kind: Kind, _ random: inout RandomSource) {
    self.kind = kind
    hardware = random.hardware()
    // Sometimes all alike, sometimes of a few kinds: then many are due at the same time.
    let palette: [[Int]] =
      switch kind {
      case .nice: [[0], [0, -1], [19, 14], [10, 12, 5], Array(-20...19)]
      case .tickets: [[100], [50, 100], [1, 2, 3, 7], [41, 43, 100], Array(1...300)]
      }
    let shares = palette[random.next(below: palette.count)]
    func share() -> Int { shares[random.next(below: shares.count)] }
    let spread = random.next(in: 0...25)
    let isBusy = random.next(below: 2) == 0
    jobs = (0..<random.next(in: 1...6)).map { _ in
      Job(
        arrival: random.next(below: 3) == 0 ? 0 : random.next(in: 0...spread),
        length: random.next(in: 1...25),
        share: share(),
        waitEvery: isBusy || random.next(below: 2) == 0 ? 0 : random.next(in: 1...8),
        waitTime: random.next(in: 1...15),
        yieldEvery: random.next(below: 4) == 0 ? random.next(in: 1...7) : 0,
        change: random.next(below: 4) == 0 ? (random.next(in: 1...10), share()) : nil
      )
    }
    let count = jobs.count
    acts = (0..<random.next(below: 10)).map { _ in
      let kinds: [Act.Kind] = [
        .share(share()), .share(share()), .stop, .resume, .resume, .pick, .kill,
      ]
      return Act(
        tick: random.next(in: 0...50),
        job: random.next(below: count),
        kind: kinds[random.next(below: random.next(below: 3) == 0 ? 7 : 6)]
      )
    }.sorted { $0.tick < $1.tick }
    // So that it ends.
    acts += (0..<count).map { Act(tick: 60, job: $0, kind: .resume) }
  }
}

// MARK: On a kernel

extension ShareWorkload {
  /// The job on a machine.
  private struct Machine: StateMachine {
    let job: Job
    let kind: ShareWorkload.Kind
    var ran: Tick = 0

    mutating func resume(with resumption: Resumption) -> CorosKernel.Trap {
      if case .failure(let error) = resumption { return .threw(error) }
      ran += 1
      return switch job.trap(in: ran) {
      case .ends: .returned
      case .waits: .call(PerformIO(job.waitTime))
      case .yields: .call(Yield())
      case .changes(let share):
        kind == .nice ? .call(SetNice(share)) : .call(SetTickets(share))
      case .computes: .compute
      }
    }
  }

  /// Runs it under a policy, tick by tick.
  ///
  /// - Returns: which job had the CPU in each tick; nil where none had.
  func run(under policy: any SchedulingPolicy) throws -> [Int?] {
    let scheduler = Scheduler(policy: policy)
    scheduler.hardware = hardware
    for job in jobs {
      try scheduler.createTask(
        "job",
        machine: Machine(job: job, kind: kind),
        parameters: kind == .nice ? .init(nice: job.share) : .init(tickets: job.share),
        at: job.arrival
      )
    }
    var ticks: [Int?] = []
    var acts = acts[...]
    while true {
      while let act = acts.first, act.tick <= scheduler.now {
        acts.removeFirst()
        try perform(act, on: scheduler)
      }
      let now = scheduler.now
      let before = (1...jobs.count).map { dispatches(of: $0, on: scheduler) }
      scheduler.run(ticks: 1)
      if scheduler.now > now {
        let after = (1...jobs.count).map { dispatches(of: $0, on: scheduler) }
        ticks.append(jobs.indices.first { before[$0] < after[$0] })
      } else if let act = acts.popFirst() {
        try perform(act, on: scheduler)
      } else {
        return ticks
      }
    }
  }

  private func dispatches(of job: Int, on scheduler: Scheduler) -> Int {
    scheduler.info(TaskID(rawValue: job))?.accounting.dispatches ?? 0
  }

  private func perform(_ act: Act, on scheduler: Scheduler) throws {
    let task = TaskID(rawValue: act.job + 1)
    switch act.kind {
    case .share(let share):
      if kind == .nice {
        try scheduler.perform(SetNice(share, of: task))
      } else {
        try scheduler.perform(SetTickets(share, of: task))
      }
    case .stop: try scheduler.perform(StopTask(task))
    case .resume: try scheduler.perform(ContinueTask(task))
    case .kill: try scheduler.perform(KillTask(task))
    case .pick: try? scheduler.pick(task)
    }
  }
}
