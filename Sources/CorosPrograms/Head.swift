package import CorosKernel
import CorosSync

extension Program {
  /// A task that stops to read before the other stops to write.
  package static var head: Program {
    Program(
      "head",
      "passes on the first N lines of another task, and ends",
      parameters: [Parameter("N", "how many lines", standard: "3")],
      lesson: """
        'spawn count 100 | head 2' ends long before 100: once nobody can read the pipe any more, writing into it fails, \
        and a task that does not expect that ends. So the end of the last program ends those before it.
        """
    ) { arguments throws(ProgramArgumentError) in
      let count = try arguments.integer(0, in: 1...1_000_000)
      return .body { os in
        for _ in 1...count {
          guard let line = try await os.readLine() else { return }
          try await os.write(line)
        }
      }
    }
  }
}
