package import CorosKernel

extension Program {
  /// The task that never ends and never does anything: something to kill.
  package static var spin: Program {
    Program(
      "spin",
      "yields for ever",
      lesson: """
        It is always ready and never done: it takes its turn in the ready queue until you 'kill' \
        it. Others still run, because it yields.
        """,
      machine: { _ in .machine(SpinMachine()) }
    ) { _ in
      .body { os in
        while true {
          try await os.yield()
        }
      }
    }
  }
}

/// The same as a state machine: one state is all it has.
private struct SpinMachine: StateMachine {
  mutating func resume(with resumption: Resumption) -> Trap {
    if case .failure(let error) = resumption { return .threw(error) }
    return .yield
  }
}
