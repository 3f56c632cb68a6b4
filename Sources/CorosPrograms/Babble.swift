package import CorosKernel

extension Program {
  /// A program that never stops writing.
  package static var babble: Program {
    Program(
      "babble",
      "writes forever",
      parameters: [Parameter("BYTES", "the length of each line", standard: "20")],
      lesson: """
        The prompt shows and keeps only as much of a task's output as 'limit output' allows; \
        'output TID' shows the last of it. Other tasks run as if this one were silent.
        """,
      machine: { arguments throws(ProgramArgumentError) in
        .machine(BabbleMachine(chatter: try chatter(arguments)))
      }
    ) { arguments throws(ProgramArgumentError) in
      let chatter = try chatter(arguments)
      return .body { os in
        var line = 0
        while true {
          line += 1
          try await os.write("\(line) \(chatter)")
        }
      }
    }
  }
}

private func chatter(_ arguments: ProgramArguments) throws(ProgramArgumentError) -> String {
  let length = try arguments.integer(0, in: 1...1_000_000)
  let words = "bla "
  let speech = String(repeating: words, count: length / words.utf8.count + 1)
  return speech.prefix(length - 1) + "."
}

/// The same program as a state machine: its only state is the line number.
private struct BabbleMachine: StateMachine {
  let chatter: String
  var line = 0

  mutating func resume(with resumption: Resumption) -> Trap {
    if case .failure(let error) = resumption { return .threw(error) }
    line += 1
    return .call(Write("\(line) \(chatter)"))
  }
}
