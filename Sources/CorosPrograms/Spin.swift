package import CorosKernel

extension Program {
  /// A task that never ends and does nothing: something to kill.
  package static var spin: Program {
    Program(
      "spin",
      "yields forever",
      lesson: """
        It is always ready and never finished: it takes its turn in the ready queue until you \
        'kill' it. Other tasks still run, because it yields.
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

/// The same program as a state machine with a single state.
private struct SpinMachine: StateMachine {
  mutating func resume(with resumption: Resumption) -> Trap {
    if case .failure(let error) = resumption { return .threw(error) }
    return .yield
  }
}
