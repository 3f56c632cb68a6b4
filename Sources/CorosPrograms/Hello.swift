package import CorosKernel

extension Program {
  /// The smallest program that does anything.
  package static var hello: Program {
    Program(
      "hello",
      "writes one line",
      lesson: """
        The task takes two steps: in the first it traps with Write, and in the second, with \
        nothing left to do, it ends.
        """
    ) { _ in
      .body { os in
        try await os.write("Hello, world!")
      }
    }
  }
}
