package import CorosKernel

extension Program {
  /// A task that fails with an uncaught error.
  package static var crash: Program {
    Program(
      "crash",
      "fails with an uncaught error",
      parameters: [Parameter("MESSAGE", "the text of the error", standard: "crashed on purpose")],
      lesson: """
        An uncaught error ends this task and no other. The kernel keeps the error as the task's \
        exit status: 'ps -a' shows it, and 'wait' returns it.
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
