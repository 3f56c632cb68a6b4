package import CorosKernel

extension Program {
  /// Tasks that sleep for different times and wake in order of their deadlines.
  package static var sleepers: Program {
    Program(
      "sleepers",
      "N tasks sleep, the first one longest, and report when they wake",
      parameters: [Parameter("N", "the number of tasks", standard: "3")],
      lesson: """
        A sleeping task is in no ready queue and costs no tick. Tasks wake in order of their \
        deadlines, not in order of their age: here the last to fall asleep wakes first.
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
