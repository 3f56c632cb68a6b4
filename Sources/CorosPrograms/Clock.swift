package import CorosKernel

extension Program {
  /// A task that sleeps and tells the time.
  package static var clock: Program {
    Program(
      "clock",
      "reports the time TIMES times, sleeping TICKS ticks before each report",
      parameters: [
        Parameter("TICKS", "how long to sleep before each report", standard: "10"),
        Parameter("TIMES", "the number of reports", standard: "5"),
      ],
      lesson: """
        Time is virtual: while all tasks sleep, the clock jumps to the next deadline. The reports \
        come more than TICKS apart, because waking up, asking for the time and writing it take a \
        step each.
        """
    ) { arguments throws(ProgramArgumentError) in
      let pause = try arguments.integer(0, in: 1...1_000_000)
      let reports = try arguments.integer(1, in: 1...1_000)
      return .body { os in
        for _ in 1...reports {
          try await os.sleep(pause)
          let now = try await os.getTime()
          try await os.write("it is tick \(now)")
        }
      }
    }
  }
}
