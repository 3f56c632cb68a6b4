package import CorosKernel

extension Program {
  /// A task that will not be killed without a struggle.
  package static var stubborn: Program {
    Program(
      "stubborn",
      "swallows a kill TIMES times before it ends",
      parameters: [Parameter("TIMES", "how often it goes on regardless", standard: "3")],
      lesson: """
        A kill reaches a task as an error, so that it can clean up; this one catches it and goes \
        on, but each later call fails too. See it with 'trace on', a 'step' and a 'kill'. The \
        kernel is patient, not endlessly so: a 'stubborn 5000' is cut off.
        """
    ) { arguments throws(ProgramArgumentError) in
      let times = try arguments.integer(0, in: 0...1_000_000)
      return .body { os in
        var refusals = 0
        while true {
          do {
            try await os.yield()
          } catch {
            // Whoever kills this task, the kill arrives here: as the error of the call it stands at.
            if refusals == times { throw error }
            refusals += 1
          }
        }
      }
    }
  }
}
