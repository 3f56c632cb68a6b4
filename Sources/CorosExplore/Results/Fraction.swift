/// A chance, exactly: a fraction from 0 to 1 in lowest terms.
public struct Fraction: Hashable, Sendable {
  /// The number above the line.
  public let numerator: Count
  /// The number below the line.
  public let denominator: Count

  static let zero = Fraction(Count(0), Count(1))
  static let one = Fraction(Count(1), Count(1))

  private init(_ numerator: Count, _ denominator: Count) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// The sum; it must not be above 1.
  package static func + (left: Fraction, right: Fraction) -> Fraction {
    let denominator = left.denominator.leastMultiple(with: right.denominator)
    return reduced(
      left.numerator * denominator.quotient(by: left.denominator)
        + right.numerator * denominator.quotient(by: right.denominator),
      denominator
    )
  }

  /// The chance that both of two things happen of which neither depends on the other.
  static func * (left: Fraction, right: Fraction) -> Fraction {
    reduced(left.numerator * right.numerator, left.denominator * right.denominator)
  }

  /// The chance of one thing of some that are equally likely.
  static func one(of count: Int) -> Fraction { Fraction(Count(1), Count(count)) }

  /// The chance that is written as ``description`` writes it; nil for anything else.
  package init?(parsing text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let numerator = Count(digits: parts[0]),
      let denominator = parts.count == 1 ? Count(1) : Count(digits: parts[1]),
      !denominator.isZero, !(denominator < numerator)
    else { return nil }
    self = Self.reduced(numerator, denominator)
  }

  /// The mean of some chances.
  static func mean(of chances: [Fraction]) -> Fraction {
    if let first = chances.first, chances.allSatisfy({ $0 == first }) { return first }
    var denominator = Count(1)
    for chance in chances { denominator = denominator.leastMultiple(with: chance.denominator) }
    var sum = Count(0)
    for chance in chances {
      sum += chance.numerator * denominator.quotient(by: chance.denominator)
    }
    return reduced(sum, denominator * Count(chances.count))
  }

  private static func reduced(_ numerator: Count, _ denominator: Count) -> Fraction {
    if numerator.isZero { return .zero }
    let divisor = numerator.greatestDivisor(with: denominator)
    return Fraction(numerator.quotient(by: divisor), denominator.quotient(by: divisor))
  }

  /// The chance as a floating-point number, rounded.
  public var approximate: Double {
    // Both may be beyond the range of floating-point numbers.
    let excess = max(0, 32 * (denominator.parts.count - 30))
    return numerator.shiftedRight(by: excess).approximate
      / max(1, denominator.shiftedRight(by: excess).approximate)
  }
}

extension Fraction: CustomStringConvertible {
  /// In lowest terms, as in `19/120`; `0` and `1` as they are.
  public var description: String {
    denominator == Count(1) ? "\(numerator)" : "\(numerator)/\(denominator)"
  }
}
