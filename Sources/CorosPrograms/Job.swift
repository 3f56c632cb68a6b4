package import CorosKernel

extension Program {
  /// A job of known length, for comparing policies.
  package static var job: Program {
    Program(
      "job",
      "uses TICKS ticks of CPU, optionally with I/O, and ends",
      parameters: [
        Parameter("TICKS", "the CPU time it needs, in ticks", standard: "10"),
        Parameter(
          "IO",
          "do I/O after every IOEVERY ticks of CPU; 0 for never",
          standard: "0"
        ),
        Parameter("IOTIME", "the length of each I/O, in ticks", standard: "5"),
      ],
      lesson: """
        Textbooks compare policies with jobs like this. Spawn a long one and a short one, 'run', \
        and look at 'stats'; then try 'compare fifo rr'. 'workload' spawns many at once.
        """,
      machine: { arguments throws(ProgramArgumentError) in
        .machine(JobMachine(try JobShape(arguments)))
      }
    ) { arguments throws(ProgramArgumentError) in
      let job = try JobShape(arguments)
      return .body { os in
        // The dispatch in which a task ends is one of its CPU ticks, too.
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

/// The parameters of a job.
private struct JobShape {
  let length: Tick
  /// The CPU ticks from one I/O to the next; 0 for no I/O.
  let ioInterval: Tick
  let ioTime: Tick

  init(_ arguments: ProgramArguments) throws(ProgramArgumentError) {
    length = try arguments.integer(0, in: 1...1_000_000)
    ioInterval = try arguments.integer(1, in: 0...1_000_000)
    ioTime = try arguments.integer(2, in: 0...1_000_000)
  }

  /// Whether an I/O starts after this many CPU ticks.
  func startsIO(after ran: Tick) -> Bool {
    ioInterval > 0 && ran.isMultiple(of: ioInterval)
  }
}

/// The same program as a state machine: the CPU time used is a field.
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
