/// SplitMix64: each seed gives a sequence of its own, and any number of it can be had at once.
struct RandomNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The numbers of a run: its seed is a number of the sequence of the whole.
  ///
  /// Not the seed of the whole plus the number of the run times the increment: then the sequences of all runs would
  /// be the same one, shifted.
  init(seed: UInt64, run: Int) {
    var whole = RandomNumbers(seed: seed &+ UInt64(bitPattern: Int64(run)) &* Self.increment)
    state = whole.next()
  }

  private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The next number.
  mutating func next() -> UInt64 {
    state &+= Self.increment
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// The next number below a bound, each with the same chance.
  mutating func next(below bound: Int) -> Int {
    let bound = UInt64(bound)
    while true {
      let (high, low) = next().multipliedFullWidth(by: bound)
      // The lowest products stand for one number too many.
      if low >= bound || low >= (0 &- bound) % bound { return Int(high) }
    }
  }
}
