package import CorosKernel

extension Program {
  /// A job of known length, for comparing policies.
  package static var job: Program {
    Program(
      "job",
      "uses TICKS ticks of CPU, and ends",
      parameters: [Parameter("TICKS", "the ticks of CPU that it needs", standard: "10")],
      lesson: """
        It is what textbooks draw when they compare policies. Spawn a long one and a short one, \
        'run', and look at 'stats'; then do it again under another 'policy'.
        """,
      machine: { arguments throws(ProgramArgumentError) in
        .machine(JobMachine(ticksLeft: try arguments.integer(0, in: 1...1_000_000)))
      }
    ) { arguments throws(ProgramArgumentError) in
      let length = try arguments.integer(0, in: 1...1_000_000)
      return .body { os in
        // One fewer than its length: the dispatch in which a task ends is a tick as well.
        try await os.compute(length - 1)
      }
    }
  }
}

/// The same as a state machine: what is left of the job is a field.
private struct JobMachine: StateMachine {
  var ticksLeft: Int

  mutating func resume(with resumption: Resumption) -> Trap {
    if case .failure(let error) = resumption { return .threw(error) }
    ticksLeft -= 1
    return ticksLeft == 0 ? .returned : .compute
  }
}
