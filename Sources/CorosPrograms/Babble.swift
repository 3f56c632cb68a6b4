package import CorosKernel

extension Program {
  /// A program that never stops writing.
  package static var babble: Program {
    Program(
      "babble",
      "writes without end",
      parameters: [Parameter("BYTES", "how much there is to say in a line", standard: "20")],
      lesson: """
        The prompt shows no more of a task's output than 'limit output' allows, and keeps no more \
        either: 'output TID' shows the end of it. Others run beside it as if it were silent.
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

/// The same as a state machine: the number of the line is all it has.
private struct BabbleMachine: StateMachine {
  let chatter: String
  var line = 0

  mutating func resume(with resumption: Resumption) -> Trap {
    if case .failure(let error) = resumption { return .threw(error) }
    line += 1
    return .call(Write("\(line) \(chatter)"))
  }
}
