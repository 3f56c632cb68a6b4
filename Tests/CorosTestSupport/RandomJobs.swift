package import CorosKernel

extension RandomSource {
  /// A whole number of a range.
  package mutating func next(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + next(below: range.count)
  }

  /// A machine, an ordinary one most often.
  package mutating func hardware(switching: Bool = true) -> Hardware {
    Hardware(
      switchTicks: switching && next(below: 3) == 0 ? next(in: 1...4) : 0,
      device: next(below: 3) == 0 ? .shared : .own
    )
  }

  /// A few jobs of every kind.
  package mutating func jobs(
    _ counts: ClosedRange<Int> = 1...6,
    waiting: Bool = true,
    yielding: Bool = false
  ) -> [TextbookJob] {
    let spread = next(in: 0...40)
    return (0..<next(in: counts)).map { _ in
      var job = TextbookJob(
        at: next(below: 3) == 0 ? 0 : next(in: 0...spread),
        next(in: 1...25),
        io: waiting && next(below: 3) > 0 ? next(in: 1...8) : 0,
        lasting: next(in: 1...12),
        priority: next(in: -3...3),
        tickets: next(in: 1...300),
        nice: next(in: -20...19)
      )
      if yielding, next(below: 2) == 0 { job.yieldEvery = next(in: 1...9) }
      return job
    }
  }
}
