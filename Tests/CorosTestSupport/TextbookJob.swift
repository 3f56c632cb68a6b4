package import CorosKernel

/// A job as in textbooks: its arrival, its length, and how often and how long it waits.
package struct TextbookJob: Hashable, Sendable {
  package var arrival: Tick
  /// The CPU time it needs, in ticks.
  package var length: Tick
  /// The CPU ticks from one wait to the next; 0 for no waits.
  package var ioEvery: Tick
  /// The length of each wait, in ticks.
  package var ioTime: Tick
  /// The CPU ticks from one yield to the next, unless it waits; 0 for no yields.
  package var yieldEvery: Tick = 0
  package var parameters: SchedulingParameters

  package init(
    at arrival: Tick = 0,
    _ length: Tick,
    io ioEvery: Tick = 0,
    lasting ioTime: Tick = 5,
    priority: Int = 0,
    tickets: Int = 100,
    nice: Int = 0
  ) {
    self.arrival = arrival
    self.length = length
    self.ioEvery = ioEvery
    self.ioTime = ioTime
    parameters = SchedulingParameters(
      priority: priority,
      tickets: tickets,
      nice: nice,
      length: length
    )
  }

  /// Whether it waits after this many CPU ticks.
  package func waits(after ran: Tick) -> Bool {
    ioEvery > 0 && ran.isMultiple(of: ioEvery) && ran < length
  }

  /// Whether it yields after so many ticks of CPU.
  package func yields(after ran: Tick) -> Bool {
    yieldEvery > 0 && ran.isMultiple(of: yieldEvery) && ran < length && !waits(after: ran)
  }

  /// The job as a state machine, with as many dispatches as its length.
  package struct Machine: StateMachine {
    private let job: TextbookJob
    private var ran: Tick = 0

    package init(_ job: TextbookJob) { self.job = job }

    package mutating func resume(with resumption: Resumption) -> Trap {
      if case .failure(let error) = resumption { return .threw(error) }
      ran += 1
      if ran == job.length { return .returned }
      if job.yields(after: ran) { return .call(Yield()) }
      return .call(job.waits(after: ran) ? PerformIO(job.ioTime) : Compute())
    }
  }
}

/// The run of a list of jobs.
package struct JobRun: Equatable, CustomStringConvertible {
  /// The job that had the CPU in each tick; nil if it was idle.
  package var ticks: [Int?]
  package var responses: [Tick]
  package var turnarounds: [Tick]

  package init(ticks: [Int?], jobs: [TextbookJob]) {
    self.ticks = ticks
    responses = jobs.indices.map { job in (ticks.firstIndex(of: job) ?? 0) - jobs[job].arrival }
    turnarounds = jobs.indices.map { job in
      (ticks.lastIndex(of: job) ?? 0) + 1 - jobs[job].arrival
    }
  }

  /// One letter per tick: `AAB.B`.
  package var description: String {
    ticks.map { $0.map { job in String(UnicodeScalar(UInt8(65 + job % 26))) } ?? "." }.joined()
  }
}

extension Scheduler {
  /// Creates a task for each job, in order.
  package func create(_ jobs: [TextbookJob]) throws {
    for job in jobs {
      try createTask(
        "job",
        .machine(TextbookJob.Machine(job)),
        parameters: job.parameters,
        at: job.arrival
      )
    }
  }

  /// Runs jobs under a policy on a new machine.
  package static func run(
    _ jobs: [TextbookJob],
    _ policy: any SchedulingPolicy,
    seed: UInt64 = 0,
    hardware: Hardware = Hardware()
  ) throws -> (run: JobRun, scheduler: Scheduler) {
    let scheduler = Scheduler(policy: policy, seed: seed)
    scheduler.hardware = hardware
    try scheduler.create(jobs)
    var ticks: [Int?] = []
    while case .dispatched(let tid) = scheduler.step() {
      while ticks.count < scheduler.now - 1 { ticks.append(nil) }
      ticks.append(tid.rawValue - 1)
    }
    return (JobRun(ticks: ticks, jobs: jobs), scheduler)
  }
}
