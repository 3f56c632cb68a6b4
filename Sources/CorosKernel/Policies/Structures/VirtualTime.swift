/// Ticks of CPU over a weight: how far a task, or all of them together, have come.
///
/// Both are whole numbers, so a tick counts exactly what it is worth, whatever the weight. What a division yields,
/// such as the place of a task that joins the others, is rounded to 2^-64 ticks.
struct VirtualTime {
  /// The ticks of CPU, in parts of a tick.
  var service: Int128
  /// The weight that divides them, at least 1.
  var weight: Int128

  init(service: Int128 = 0, weight: Int128) {
    self.service = service
    self.weight = weight
  }

  /// How many parts a number of ticks has.
  static func parts(_ ticks: Tick) -> Int128 { Int128(ticks) << 64 }

  /// The time some ticks later.
  func advanced(by ticks: Tick) -> VirtualTime {
    VirtualTime(service: service + Self.parts(ticks), weight: weight)
  }

  /// How much CPU another weight has had when it is just here.
  func service(of weight: Int128) -> Int128 {
    if weight == self.weight { return service }
    let (quotient, rest) = service.quotientAndRemainder(dividingBy: self.weight)
    return quotient * weight + (rest * weight).dividedAndRounded(by: self.weight)
  }

  // MARK: Comparing

  /// What times are compared by.
  ///
  /// Times that are equal by the rules may be some parts apart, which must not decide. So the key is the time in much
  /// larger units, to the nearest, and two such times get equal keys unless the border between two units lies just
  /// between them. By the rules a time is a fraction whose denominator is made of weights and their sums. All their
  /// factors are smaller than the prime that is the number of units, so a time could lie halfway between two units
  /// only with a denominator of 2. The border is therefore a little off the middle, further than errors reach.
  var key: Int128 {
    VirtualTime(service: service - Self.keyShift * weight, weight: weight)
      .rounded(toParts: Self.keyScale)
  }

  /// The greatest prime below 2^40.
  static let keyScale: Int128 = (1 << 40) - 87
  /// How far the border is off the middle, in parts: 2^-16 of a unit or so.
  private static let keyShift: Int128 = 211

  /// The time as a whole number of parts of a given size, rounded to the nearest.
  ///
  /// - Parameter scale: how many of them make 1; below 2^63.
  /// - Returns: how many parts it is.
  func rounded(toParts scale: Int128) -> Int128 {
    // The product has up to 190 bits: the upper 126 make a whole number, and of the lower 64 one bit matters.
    let low = UInt128(truncatingIfNeeded: service) & UInt128(UInt64.max)
    let product = low * UInt128(truncatingIfNeeded: scale)
    let whole = (service >> 64) * scale + Int128(truncatingIfNeeded: product >> 64)
    let half = Int128(truncatingIfNeeded: (product >> 63) & 1)
    return (2 * whole + half + weight).dividedDown(by: 2 * weight)
  }
}

extension Int128 {
  /// The quotient, rounded down.
  fileprivate func dividedDown(by divisor: Int128) -> Int128 {
    let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? quotient - 1 : quotient
  }

  /// The quotient, rounded to the nearest whole number.
  func dividedAndRounded(by divisor: Int128) -> Int128 {
    (2 * self + divisor).dividedDown(by: 2 * divisor)
  }

  /// A number of tenths as it is written: `-0.5`.
  var tenths: String {
    "\(self < 0 ? "-" : "")\(magnitude / 10).\(magnitude % 10)"
  }
}
