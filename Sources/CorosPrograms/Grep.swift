package import CorosKernel
import CorosSync

extension Program {
  /// A task that passes on some of what it reads.
  package static var grep: Program {
    Program(
      "grep",
      "passes on the lines of another task that contain TEXT",
      parameters: [Parameter("TEXT", "what a line must contain")],
      lesson: """
        A filter reads and writes, so that it can stand in the middle: 'spawn count 20 | grep 1 | wc'. Each task knows \
        only its own ends of the pipes. 'locks' shows how many lines lie in each pipe, and who waits for it.
        """
    ) { arguments throws(ProgramArgumentError) in
      let text = arguments[0]
      return .body { os in
        while let line = try await os.readLine() {
          if line.contains(text) { try await os.write(line) }
        }
      }
    }
  }
}
