package import CorosKernel

extension Program {
  /// A loop that traps in each round.
  package static var count: Program {
    Program(
      "count",
      "counts to N, a line at a time",
      parameters: [Parameter("N", "the last number", standard: "5")],
      lesson: """
        Each number is one Write, and so one step. Spawn it twice: the two take turns, since \
        each hands the CPU to the kernel at each number.
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

/// The same as a state machine: where the loop stands is a field, and each resumption a round of it.
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
