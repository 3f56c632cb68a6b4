package import CorosKernel

extension Program {
  /// A loop that traps in each iteration.
  package static var count: Program {
    Program(
      "count",
      "counts to N, one line per number",
      parameters: [Parameter("N", "the last number", standard: "5")],
      lesson: """
        Each number is one Write, and so one step. Spawn it twice: the two tasks take turns, \
        because each gives the CPU back to the kernel at every number.
        """,
      machine: { arguments throws(ProgramArgumentError) in
        .machine(CountMachine(last: try arguments.integer(0, in: 1...1_000_000)))
      }
    ) { arguments throws(ProgramArgumentError) in
      let last = try arguments.integer(0, in: 1...1_000_000)
      return .body { os in
        for number in 1...last {
          try await os.write("\(number)")
        }
      }
    }
  }
}

/// The same program as a state machine: the loop counter is a field, and each resumption is one iteration.
private struct CountMachine: StateMachine {
  let last: Int
  private var number = 0

  init(last: Int) {
    self.last = last
  }

  mutating func resume(with resumption: Resumption) -> Trap {
    if case .failure(let error) = resumption { return .threw(error) }
    guard number < last else { return .returned }
    number += 1
    return .call(Write("\(number)"))
  }
}
