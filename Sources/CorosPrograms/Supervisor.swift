package import CorosKernel
import CorosSync

extension Program {
  /// Tasks that are started again when they crash.
  package static var supervisor: Program {
    Program(
      "supervisor",
      "three tasks are kept alive: one that crashes is started again",
      parameters: [
        Parameter(
          "STRATEGY",
          "'one_for_one', 'one_for_all' or 'rest_for_one'",
          standard: "one_for_one"
        ),
        Parameter("CRASHES", "how often the second of the three crashes", standard: "2"),
      ],
      lesson: """
        The supervisor monitors its children: when one ends, it gets a message, and starts the child again. 'one_for_all' \
        starts all of them again, the last stopped first; 'rest_for_one' those that were started after it. After more \
        than three restarts within 100 ticks it gives up: try 'supervisor one_for_one 9', and 'kill' one of them yourself.
        """
    ) { arguments throws(ProgramArgumentError) in
      let name = try arguments.word(0, of: Supervision.Strategy.allCases.map(\.rawValue))
      let strategy = Supervision.Strategy(rawValue: name) ?? .oneForOne
      let crashes = try arguments.integer(1, in: 0...1_000_000)
      return .body { os in
        let quiet: TaskBody = { os in try await os.sleep(60) }
        var left = crashes
        try await os.supervise(
          [
            .init("a", restart: .afterBadEnd, quiet),
            .init("b", restart: .afterBadEnd) { os in
              try await os.sleep(2)
              if left > 0 {
                left -= 1
                throw Crash()
              }
              try await os.sleep(58)
            },
            .init("c", restart: .afterBadEnd, quiet),
          ],
          strategy,
          within: 100,
          note: { act, name in try await os.write("\(act) \(name)") }
        )
        try await os.write("all have ended well")
      }
    }
  }
}

private struct Crash: Error, CustomStringConvertible {
  var description: String { "crashed" }
}
