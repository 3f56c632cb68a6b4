import CorosTestSupport
import Testing

@testable import CorosKernel

/// Virtual times beside the same reckoning without bounds.
@Suite struct VirtualTimeTests {
  /// Whether a whole number is the nearest to a fraction, at most half away.
  private func isNearest(
    _ whole: Int128,
    _ numerator: BigInteger,
    _ denominator: BigInteger
  ) -> Bool {
    let (high, low) = (Int(whole >> 40), Int(whole & 0xFF_FFFF_FFFF))
    func times(_ value: BigInteger) -> BigInteger { value * high * (1 << 40) + value * low }
    let distance = times(denominator) - numerator
    let doubled = distance * 2
    return doubled <= denominator && -doubled <= denominator
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `a time is rounded to the nearest part`(seed: UInt64) {
    var random = RandomSource(seed: seed)
    for _ in 0..<2_000 {
      let parts = Int(truncatingIfNeeded: random.next() >> UInt64(random.next(below: 50)))
      let ticks = random.next(in: -5...1_000_000)
      let weight = random.next(in: 1...(1 << random.next(below: 37)))
      let time = VirtualTime(
        service: VirtualTime.parts(ticks) + Int128(parts),
        weight: Int128(weight)
      )
      let exact = BigInteger(ticks) * (1 << 32) * (1 << 32) + BigInteger(parts)
      let denominator = BigInteger(weight) * (1 << 32) * (1 << 32)
      for scale in [1, 10, 10_240, Int(VirtualTime.keyScale)] {
        #expect(isNearest(time.rounded(toParts: Int128(scale)), exact * scale, denominator))
      }
      let other = random.next(in: 1...100_000)
      #expect(isNearest(time.service(of: Int128(other)), exact * other, BigInteger(weight)))
    }
  }

  @Test func `times that are equal but for a few parts have equal keys`() {
    // Halves lie in the middle between two whole units, the worst place there is.
    let fractions = [(0, 1), (1, 2), (7, 2), (1, 3), (5, 4), (511, 1_024), (9, 66)]
    for (numerator, denominator) in fractions {
      for weight in [1, 15, 1_024, 88_761] {
        let exact = (VirtualTime.parts(numerator) * Int128(weight))
          .dividedAndRounded(by: Int128(denominator))
        let keys = (-15...15 as ClosedRange<Int128>).map {
          VirtualTime(service: exact + $0, weight: Int128(weight)).key
        }
        #expect(Set(keys).count == 1, "\(numerator)/\(denominator) of \(weight)")
      }
    }
  }

  @Test func `tenths are written with their sign`() {
    let written = [-15, -10, -5, 0, 5, 170].map { Int128($0).tenths }
    #expect(written == ["-1.5", "-1.0", "-0.5", "0.0", "0.5", "17.0"])
  }
}
