package import CorosKernel

extension Program {
  /// One coroutine: it stops in the middle of its code and continues from there.
  package static var steps: Program {
    Program(
      "steps",
      "a coroutine in three parts that yields between them",
      lesson: """
        A coroutine is a function that can stop in the middle. Each 'step' resumes this one right \
        after the call at which it stopped, with its local variables unchanged.
        """
    ) { _ in
      .body { os in
        var part = 1
        try await os.write("part \(part): started")
        try await os.yield()
        part += 1
        try await os.write("part \(part): resumed where it had stopped")
        try await os.yield()
        part += 1
        try await os.write("part \(part): resumed once more, and about to end")
      }
    }
  }
}
