import CorosKernel
import CorosSync
import Testing

@testable import CorosExplore

/// Classes stand for all schedules, whatever tasks share and however they wait: a plain enumeration finds no other end.
@Suite(.timeLimit(.minutes(15))) struct SmallProgramTests {
  private static let strategies: [Strategy] = [
    .dpor(attempts: false), .dpor(attempts: true), .source(attempts: false),
    .source(attempts: true),
  ]

  /// Compares what classes find with a plain enumeration; false where that is too long.
  private func compare(_ program: SmallProgram, most: Int) throws -> Bool {
    let all = try program.enumerate(most: most)
    guard all.isExhausted else { return false }
    for strategy in Self.strategies {
      let found = try program.explore(strategy)
      #expect(found.isExhausted)
      let missed = all.ends.subtracting(found.ends).sorted()
      let wrong = found.ends.subtracting(all.ends).sorted()
      #expect(missed.isEmpty, "\(strategy) \(Self.attempts(strategy)) misses \(missed[0])")
      #expect(wrong.isEmpty, "\(strategy) \(Self.attempts(strategy)) ends with \(wrong[0])")
      #expect(found.classes <= all.classes, "\(strategy)")
      if Self.attempts(strategy) { #expect(found.classes == all.classes, "\(strategy)") }
    }
    return true
  }

  private static func attempts(_ strategy: Strategy) -> Bool {
    switch strategy {
    case .dpor(let attempts), .source(let attempts): attempts
    default: false
    }
  }

  @Test(arguments: SmallProgram.all)
  func `classes have all the ends that schedules have`(_ program: SmallProgram) throws {
    #expect(try compare(program, most: 3_000))
  }

  @Test(arguments: Array(1...30) + [165, 390])
  func `classes have all the ends that schedules of random programs have`(_ seed: Int) throws {
    _ = try compare(.random(seed), most: seed > 30 ? 800 : 400)
  }
}
