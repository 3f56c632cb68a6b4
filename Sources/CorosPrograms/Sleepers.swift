package import CorosKernel

extension Program {
  /// Tasks that sleep for different times, and wake in the order of those.
  package static var sleepers: Program {
    Program(
      "sleepers",
      "N tasks sleep, the oldest the longest, and report as they wake",
      parameters: [Parameter("N", "how many tasks", standard: "3")],
      lesson: """
        A sleeping task is in no ready queue and costs no tick. They wake by their deadlines, \
        not by their ages: the last to lie down is the first to rise.
        """
    ) { arguments throws(ProgramArgumentError) in
      let count = try arguments.integer(0, in: 1...100)
      return .body { os in
        for place in 1...count {
          _ = try await os.newTask("sleeper", sleeper(10 * (count - place + 1)))
        }
        for _ in 1...count {
          try await os.waitAnyChild()
        }
        try await os.write("all are awake")
      }
    }
  }
}

private func sleeper(_ ticks: Tick) -> TaskBody {
  { os in
    try await os.sleep(ticks)
    try await os.write("slept for \(ticks) ticks")
  }
}
