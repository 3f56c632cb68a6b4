/// The kernel's random numbers: SplitMix64, seeded, the same on every machine and in every release.
///
/// Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014. Period
/// 2^64; good enough for lotteries and shuffles, not for secrets.
public struct RandomSource: Hashable, Sendable, RandomNumberGenerator {
  /// The seed that it began with.
  public let seed: UInt64
  private(set) var state: UInt64

  /// Makes a source; equal seeds give equal sequences.
  public init(seed: UInt64) {
    self.seed = seed
    state = seed
  }

  /// The seed of a policy's own numbers, independent of those of the tasks: SplitMix's mixing of the
  /// complement of the seed.
  static func policySeed(of seed: UInt64) -> UInt64 {
    var source = RandomSource(seed: ~seed)
    return source.next()
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// A whole number from 0 up to, not including, `bound`, each equally likely.
  ///
  /// Lemire's multiplication with rejection ("Fast Random Integer Generation in an Interval", 2019):
  /// spelled out here, and not left to the standard library, so that a seed keeps its meaning.
  ///
  /// - Parameter bound: how many numbers there are to choose from; at least 1.
  /// - Returns: the number.
  public mutating func next(below bound: Int) -> Int {
    precondition(bound > 0, "a random number needs at least one value to choose from")
    let range = UInt64(bound)
    let rejected = (0 &- range) % range
    while true {
      let product = next().multipliedFullWidth(by: range)
      if product.low >= rejected { return Int(product.high) }
    }
  }
}
