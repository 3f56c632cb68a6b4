package import CorosKernel

extension Program {
  /// A wait with a timeout.
  package static var patience: Program {
    Program(
      "patience",
      "waits at most TICKS ticks for a task that takes 20, then kills it",
      parameters: [Parameter("TICKS", "how long to wait", standard: "10")],
      lesson: """
        The parent waits for two events at once, the end of its child and a deadline; whichever \
        comes first cancels the other. Try 'patience 30'.
        """
    ) { arguments throws(ProgramArgumentError) in
      let patience = try arguments.integer(0, in: 0...1_000_000)
      return .body { os in
        let child = try await os.newTask("slow") { os in
          try await os.sleep(20)
        }
        do {
          try await os.waitTask(child, timeout: patience)
          try await os.write("task \(child) was done in time")
        } catch SystemCallError.timedOut {
          try await os.killTask(child)
          try await os.write("task \(child) took too long, and was killed")
        }
      }
    }
  }
}
