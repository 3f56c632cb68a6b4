/// A whole number of any size, for models that must not round.
struct BigInteger: Equatable {
  private var isNegative = false
  /// The magnitude in words of 64 bits, the lowest first; the highest is not 0.
  private var words: [UInt64] = []

  init(_ value: Int) {
    isNegative = value < 0
    words = value == 0 ? [] : [UInt64(value.magnitude)]
  }

  private init(_ isNegative: Bool, _ words: [UInt64]) {
    self.words = words
    while self.words.last == 0 { self.words.removeLast() }
    self.isNegative = isNegative && !self.words.isEmpty
  }

  var isBelowZero: Bool { isNegative }

  static func + (left: BigInteger, right: BigInteger) -> BigInteger {
    if left.isNegative == right.isNegative {
      return BigInteger(left.isNegative, sum(left.words, right.words))
    }
    return isBelow(left.words, right.words)
      ? BigInteger(right.isNegative, difference(right.words, left.words))
      : BigInteger(left.isNegative, difference(left.words, right.words))
  }

  static prefix func - (value: BigInteger) -> BigInteger {
    BigInteger(!value.isNegative, value.words)
  }

  static func - (left: BigInteger, right: BigInteger) -> BigInteger { left + -right }

  static func * (left: BigInteger, right: Int) -> BigInteger {
    var carry: UInt64 = 0
    var words: [UInt64] = []
    for word in left.words {
      let (high, low) = word.multipliedFullWidth(by: UInt64(right.magnitude))
      let (part, overflow) = low.addingReportingOverflow(carry)
      words.append(part)
      carry = high + (overflow ? 1 : 0)
    }
    return BigInteger(left.isNegative != (right < 0), words + [carry])
  }

  // MARK: Magnitudes

  private static func sum(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
    var carry: UInt64 = 0
    var words: [UInt64] = []
    for index in 0..<max(left.count, right.count) {
      let (first, second) = (word(left, index), word(right, index))
      let (part, overflow) = first.addingReportingOverflow(second)
      let (whole, overflowAgain) = part.addingReportingOverflow(carry)
      words.append(whole)
      carry = overflow || overflowAgain ? 1 : 0
    }
    return words + [carry]
  }

  /// The difference of two magnitudes, the left one not below the right one.
  private static func difference(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
    var borrow: UInt64 = 0
    return left.indices.map { index in
      let (part, overflow) = left[index].subtractingReportingOverflow(word(right, index))
      let (whole, overflowAgain) = part.subtractingReportingOverflow(borrow)
      borrow = overflow || overflowAgain ? 1 : 0
      return whole
    }
  }

  private static func word(_ words: [UInt64], _ index: Int) -> UInt64 {
    index < words.count ? words[index] : 0
  }

  private static func isBelow(_ left: [UInt64], _ right: [UInt64]) -> Bool {
    if left.count != right.count { return left.count < right.count }
    return left.reversed().lexicographicallyPrecedes(right.reversed())
  }
}

extension BigInteger: Comparable {
  static func < (left: BigInteger, right: BigInteger) -> Bool { (left - right).isNegative }
}
