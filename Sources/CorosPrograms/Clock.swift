package import CorosKernel

extension Program {
  /// A task that lives by the clock.
  package static var clock: Program {
    Program(
      "clock",
      "tells the time every TICKS ticks, TIMES times",
      parameters: [
        Parameter("TICKS", "how long to sleep between two reports", standard: "10"),
        Parameter("TIMES", "how many reports", standard: "5"),
      ],
      lesson: """
        Time is virtual: while all tasks sleep, the clock jumps to the next one due. The reports \
        come more than TICKS apart, since to wake, to ask the time and to write it takes a step \
        each.
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
