package import CorosKernel
import CorosSync

extension Program {
  /// A task that reads a pipe to its end.
  package static var wc: Program {
    Program(
      "wc",
      "counts the lines, words and characters that another task writes",
      lesson: """
        'spawn count 3 | wc' makes a pipe between two tasks: what the first writes, the second reads. The reader waits \
        while the pipe is empty, and the writer while it is full, with 16 lines. When the last task that could write has \
        ended, the reader is told that no line will come, and ends, too.
        """
    ) { _ throws(ProgramArgumentError) in
      .body { os in
        var (lines, words, characters) = (0, 0, 0)
        while let line = try await os.readLine() {
          lines += 1
          words += line.split(separator: " ").count
          characters += line.count
        }
        try await os.write("lines \(lines), words \(words), characters \(characters)")
      }
    }
  }
}
