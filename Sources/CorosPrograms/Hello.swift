package import CorosKernel

extension Program {
  /// The smallest program that writes something.
  package static var hello: Program {
    Program(
      "hello",
      "writes one line",
      lesson: """
        The task takes two steps: in the first it traps with Write; in the second it has nothing \
        left to do and ends.
        """
    ) { _ in
      .body { os in
        try await os.write("Hello, world!")
      }
    }
  }
}
