package import CorosKernel

extension Program {
  /// A task that fails with an error that nobody catches.
  package static var crash: Program {
    Program(
      "crash",
      "fails with an error that nobody catches",
      parameters: [Parameter("MESSAGE", "what the error says", standard: "crashed on purpose")],
      lesson: """
        An uncaught error ends this task and no other. It is not lost: it is the status that 'ps \
        -a' shows, and that 'wait' replies with.
        """
    ) { arguments in
      let message = arguments[0]
      return .body { os in
        try await os.write("about to crash")
        throw Crash(description: message)
      }
    }
  }
}

private struct Crash: Error, CustomStringConvertible {
  let description: String
}
