package import CorosKernel

extension Program {
  /// Chance that comes out the same each time.
  package static var dice: Program {
    Program(
      "dice",
      "throws a die N times",
      parameters: [Parameter("N", "how many throws", standard: "5")],
      lesson: """
        Chance comes from the kernel, so it can be repeated: start again with the same 'seed' \
        and the throws are the same, with another and they are not.
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
