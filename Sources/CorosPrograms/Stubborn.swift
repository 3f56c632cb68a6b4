package import CorosKernel

extension Program {
  /// A task that resists being killed.
  package static var stubborn: Program {
    Program(
      "stubborn",
      "catches a kill TIMES times before it ends",
      parameters: [Parameter("TIMES", "how many times it continues", standard: "3")],
      lesson: """
        A kill reaches a task as an error, so that the task can clean up. This one catches the \
        error and continues, but each later call fails, too. Watch it with 'trace on', a 'step' \
        and a 'kill'. The kernel's patience has a limit: it cuts off a 'stubborn 5000'.
        """
    ) { arguments throws(ProgramArgumentError) in
      let times = try arguments.integer(0, in: 0...1_000_000)
      return .body { os in
        var refusals = 0
        while true {
          do {
            try await os.yield()
          } catch {
            // A kill arrives here, as the error of the call at which the task is blocked.
            if refusals == times { throw error }
            refusals += 1
          }
        }
      }
    }
  }
}
