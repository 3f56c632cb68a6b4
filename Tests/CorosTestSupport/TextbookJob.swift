package import CorosKernel

/// A job as textbooks draw it: when it comes, how long it runs, and how often and how long it waits.
package struct TextbookJob: Hashable, Sendable {
  package var arrival: Tick
  /// The ticks of CPU that it needs.
  package var length: Tick
  /// After how many ticks of CPU it waits each time; 0 for never.
  package var ioEvery: Tick
  /// How many ticks it waits each time.
  package var ioTime: Tick
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

  /// Whether it waits after so many ticks of CPU.
  package func waits(after ran: Tick) -> Bool {
    ioEvery > 0 && ran.isMultiple(of: ioEvery) && ran < length
  }

  /// The job on a machine: as many dispatches as it is long.
  package struct Machine: StateMachine {
    private let job: TextbookJob
    private var ran: Tick = 0

    package init(_ job: TextbookJob) { self.job = job }

    package mutating func resume(with resumption: Resumption) -> Trap {
      if case .failure(let error) = resumption { return .threw(error) }
      ran += 1
      if ran == job.length { return .returned }
      return .call(job.waits(after: ran) ? Sleep(job.ioTime) : Compute())
    }
  }
}

/// How a list of jobs ran.
package struct JobRun: Equatable, CustomStringConvertible {
  /// Which job had the CPU, tick by tick; nil where none had.
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

  /// A letter a tick: `AAB.B`.
  package var description: String {
    ticks.map { $0.map { job in String(UnicodeScalar(UInt8(65 + job % 26))) } ?? "." }.joined()
  }
}

extension Scheduler {
  /// Creates a task for each job, in their order.
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

  /// Runs jobs under a policy, on a new machine.
  package static func run(
    _ jobs: [TextbookJob],
    _ policy: any SchedulingPolicy,
    seed: UInt64 = 0
  ) throws -> (run: JobRun, scheduler: Scheduler) {
    let scheduler = Scheduler(policy: policy, seed: seed)
    try scheduler.create(jobs)
    var ticks: [Int?] = []
    while case .dispatched(let tid) = scheduler.step() {
      while ticks.count < scheduler.now - 1 { ticks.append(nil) }
      ticks.append(tid.rawValue - 1)
    }
    return (JobRun(ticks: ticks, jobs: jobs), scheduler)
  }
}
