package import CorosKernel

extension Program {
  /// A wait that does not last for ever.
  package static var patience: Program {
    Program(
      "patience",
      "waits TICKS ticks for a task that takes 20, and then kills it",
      parameters: [Parameter("TICKS", "how long to wait", standard: "10")],
      lesson: """
        The parent waits for two things at once, the child's end and a deadline, and whichever \
        comes first calls the other off. Try 'patience 30'.
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
