package import CorosKernel

extension Program {
  /// Reproducible random numbers.
  package static var dice: Program {
    Program(
      "dice",
      "rolls a die N times",
      parameters: [Parameter("N", "the number of rolls", standard: "5")],
      lesson: """
        Random numbers come from the kernel, so a run can be repeated: the same 'seed' gives the \
        same rolls, another seed gives others.
        """
    ) { arguments throws(ProgramArgumentError) in
      let throwCount = try arguments.integer(0, in: 1...10_000)
      return .body { os in
        for _ in 1...throwCount {
          let eyes = 1 + (try await os.random(below: 6))
          try await os.write("\(eyes)")
        }
      }
    }
  }
}
