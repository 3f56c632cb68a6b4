import CorosIO
package import CorosKernel

extension Program {
  /// A task that reads a file.
  package static var cat: Program {
    Program(
      "cat",
      "writes the lines of a file",
      parameters: [Parameter("PATH", "the file, or a device by its name")],
      lesson: """
        A file never has to be waited for: it is read within the step, and a slow disk would stop the machine. What was read is \
        recorded, so that going back shows the same lines, whatever the file says now.
        """
    ) { arguments throws(ProgramArgumentError) in
      let path = arguments[0]
      return .body { os in
        var lines = Lines(try await os.open(path), limit: 1 << 20)
        while let line = try await lines.next(os) {
          try await os.write(String(decoding: line, as: UTF8.self))
        }
      }
    }
  }
}
