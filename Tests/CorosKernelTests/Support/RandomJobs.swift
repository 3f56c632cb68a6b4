import CorosKernel
import CorosTestSupport

extension RandomSource {
  /// A whole number within a range.
  mutating func next(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + next(below: range.count)
  }

  /// A few jobs of every kind.
  mutating func jobs(_ counts: ClosedRange<Int> = 1...6, waiting: Bool = true) -> [TextbookJob] {
    let spread = next(in: 0...40)
    return (0..<next(in: counts)).map { _ in
      TextbookJob(
        at: next(below: 3) == 0 ? 0 : next(in: 0...spread),
        next(in: 1...25),
        io: waiting && next(below: 3) > 0 ? next(in: 1...8) : 0,
        lasting: next(in: 1...12),
        priority: next(in: -3...3),
        tickets: next(in: 1...300),
        nice: next(in: -20...19)
      )
    }
  }
}
