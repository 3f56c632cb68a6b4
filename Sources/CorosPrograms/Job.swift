package import CorosKernel

extension Program {
  /// A job of known length, for comparing policies.
  package static var job: Program {
    Program(
      "job",
      "uses TICKS ticks of CPU, with I/O between them, and ends",
      parameters: [
        Parameter("TICKS", "the ticks of CPU that it needs", standard: "10"),
        Parameter(
          "IO",
          "after how many ticks of CPU it does I/O each time; 0 for none",
          standard: "0"
        ),
        Parameter("IOTIME", "the ticks that each I/O takes", standard: "5"),
      ],
      lesson: """
        It is what textbooks draw when they compare policies. Spawn a long one and a short one, \
        'run', and look at 'stats'; then 'compare fifo rr'. 'workload' makes many at once.
        """,
      machine: { arguments throws(ProgramArgumentError) in
        .machine(JobMachine(try JobShape(arguments)))
      }
    ) { arguments throws(ProgramArgumentError) in
      let job = try JobShape(arguments)
      return .body { os in
        // The dispatch in which a task ends is a tick of its CPU as well.
        for ran in 1..<max(1, job.length) {
          if job.startsIO(after: ran) {
            try await os.performIO(job.ioTime)
          } else {
            try await os.compute()
          }
        }
      }
    }
  }
}

/// What a job needs.
private struct JobShape {
  let length: Tick
  /// After how many ticks of CPU it does I/O each time; 0 for none.
  let ioInterval: Tick
  let ioTime: Tick

  init(_ arguments: ProgramArguments) throws(ProgramArgumentError) {
    length = try arguments.integer(0, in: 1...1_000_000)
    ioInterval = try arguments.integer(1, in: 0...1_000_000)
    ioTime = try arguments.integer(2, in: 1...1_000_000)
  }

  /// Whether I/O begins when so many ticks of CPU are used.
  func startsIO(after ran: Tick) -> Bool {
    ioInterval > 0 && ran.isMultiple(of: ioInterval)
  }
}

/// The same as a state machine: what the job has had is a field.
private struct JobMachine: StateMachine {
  let job: JobShape
  var ran: Tick = 0

  init(_ job: JobShape) {
    self.job = job
  }

  mutating func resume(with resumption: Resumption) -> Trap {
    if case .failure(let error) = resumption { return .threw(error) }
    ran += 1
    if ran == job.length { return .returned }
    return job.startsIO(after: ran) ? .call(PerformIO(job.ioTime)) : .compute
  }
}
