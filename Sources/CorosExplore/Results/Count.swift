/// A number of schedules: a whole number from 0, however large.
public struct Count: Hashable, Sendable {
  /// In base 2^32, the lowest part first, without zeros at the end.
  private(set) var parts: ContiguousArray<UInt32>

  /// Makes a number from a small one.
  public init(_ number: Int) {
    precondition(number >= 0, "a count cannot be negative")
    parts = []
    var rest = UInt64(number)
    while rest > 0 {
      parts.append(UInt32(truncatingIfNeeded: rest))
      rest >>= 32
    }
  }

  /// Makes a number of one that has a size.
  init(_ number: UInt128) {
    parts = []
    var rest = number
    while rest > 0 {
      parts.append(UInt32(truncatingIfNeeded: rest))
      rest >>= 32
    }
  }

  /// The number with these digits; nil where they are no number.
  package init?(digits: some StringProtocol) {
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    self = digits.utf8.reduce(Count(0)) { $0 * Count(10) + Count(Int($1 - 0x30)) }
  }

  private init(parts: ContiguousArray<UInt32>) {
    self.parts = parts
    while self.parts.last == 0 { self.parts.removeLast() }
  }

  /// The number as a small one; nil where it is too large.
  public var small: Int? {
    guard parts.count <= 2 else { return nil }
    return Int(exactly: parts.reversed().reduce(UInt64(0)) { $0 << 32 | UInt64($1) })
  }

  /// Whether it is 0.
  public var isZero: Bool { parts.isEmpty }

  /// The number as a floating-point one, rounded.
  public var approximate: Double { parts.reversed().reduce(0) { $0 * 4_294_967_296 + Double($1) } }

  // MARK: Arithmetic

  /// The sum.
  public static func + (left: Count, right: Count) -> Count {
    var result = left
    result += right
    return result
  }

  /// Adds a number.
  public static func += (left: inout Count, right: Count) {
    var carry: UInt64 = 0
    var index = 0
    while index < right.parts.count || carry > 0 {
      if index == left.parts.count { left.parts.append(0) }
      let part = index < right.parts.count ? UInt64(right.parts[index]) : 0
      let sum = UInt64(left.parts[index]) + part + carry
      left.parts[index] = UInt32(truncatingIfNeeded: sum)
      carry = sum >> 32
      index += 1
    }
  }

  /// The difference; the right number must not be larger.
  static func - (left: Count, right: Count) -> Count {
    var parts = left.parts
    var borrow: Int64 = 0
    for index in parts.indices {
      let part = index < right.parts.count ? Int64(right.parts[index]) : 0
      let difference = Int64(parts[index]) - part - borrow
      borrow = difference < 0 ? 1 : 0
      parts[index] = UInt32(truncatingIfNeeded: difference)
    }
    precondition(borrow == 0, "a count cannot be negative")
    return Count(parts: parts)
  }

  /// The product.
  public static func * (left: Count, right: Count) -> Count {
    var parts = ContiguousArray<UInt32>(repeating: 0, count: left.parts.count + right.parts.count)
    for (place, part) in left.parts.enumerated() {
      var carry: UInt64 = 0
      for (index, other) in right.parts.enumerated() {
        let sum = UInt64(part) * UInt64(other) + UInt64(parts[place + index]) + carry
        parts[place + index] = UInt32(truncatingIfNeeded: sum)
        carry = sum >> 32
      }
      parts[place + right.parts.count] = UInt32(truncatingIfNeeded: carry)
    }
    return Count(parts: parts)
  }

  /// The quotient and the remainder.
  func dividing(by divisor: UInt32) -> (quotient: Count, remainder: UInt32) {
    var result = parts
    var rest: UInt64 = 0
    for index in parts.indices.reversed() {
      rest = rest << 32 | UInt64(parts[index])
      result[index] = UInt32(truncatingIfNeeded: rest / UInt64(divisor))
      rest %= UInt64(divisor)
    }
    return (Count(parts: result), UInt32(truncatingIfNeeded: rest))
  }
}

extension Count {
  /// The number divided by a power of two, rounded down.
  func shiftedRight(by bits: Int) -> Count {
    let (whole, rest) = (bits / 32, UInt64(bits % 32))
    guard whole < parts.count else { return Count(0) }
    var result = ContiguousArray(parts.dropFirst(whole))
    for index in result.indices {
      let above = index + 1 < result.count ? UInt64(result[index + 1]) : 0
      result[index] = UInt32(truncatingIfNeeded: (above << 32 | UInt64(result[index])) >> rest)
    }
    return Count(parts: result)
  }

  /// The number times a power of two.
  func shiftedLeft(by bits: Int) -> Count {
    let (whole, rest) = (bits / 32, UInt64(bits % 32))
    var result = ContiguousArray<UInt32>(repeating: 0, count: whole)
    var carry: UInt64 = 0
    for part in parts {
      let shifted = UInt64(part) << rest | carry
      result.append(UInt32(truncatingIfNeeded: shifted))
      carry = shifted >> 32
    }
    result.append(UInt32(truncatingIfNeeded: carry))
    return Count(parts: result)
  }

  /// How often 2 divides the number; 0 for 0.
  private var zeroBits: Int {
    guard let place = parts.firstIndex(where: { $0 != 0 }) else { return 0 }
    return 32 * place + parts[place].trailingZeroBitCount
  }

  private var bitCount: Int {
    parts.last.map { 32 * parts.count - $0.leadingZeroBitCount } ?? 0
  }

  /// The largest number that divides both; by halving and subtracting.
  func greatestDivisor(with other: Count) -> Count {
    if isZero { return other }
    if other.isZero { return self }
    let shared = min(zeroBits, other.zeroBits)
    var (left, right) = (shiftedRight(by: zeroBits), other.shiftedRight(by: other.zeroBits))
    while left != right {
      if left < right { swap(&left, &right) }
      left = left - right
      left = left.shiftedRight(by: left.zeroBits)
    }
    return left.shiftedLeft(by: shared)
  }

  /// The smallest number that both divide; neither may be 0.
  func leastMultiple(with other: Count) -> Count {
    self == other ? self : quotient(by: greatestDivisor(with: other)) * other
  }

  /// The quotient, rounded down; by subtracting what is shifted.
  func quotient(by divisor: Count) -> Count {
    precondition(!divisor.isZero, "a count is divided by 0")
    if divisor.parts.count == 1 { return dividing(by: divisor.parts[0]).quotient }
    var (rest, result) = (self, Count(0))
    var shift = bitCount - divisor.bitCount
    while shift >= 0 {
      let part = divisor.shiftedLeft(by: shift)
      if !(rest < part) {
        rest = rest - part
        result += Count(1).shiftedLeft(by: shift)
      }
      shift -= 1
    }
    return result
  }
}

extension Count: Comparable {
  /// Whether the left number is smaller.
  public static func < (left: Count, right: Count) -> Bool {
    if left.parts.count != right.parts.count { return left.parts.count < right.parts.count }
    for index in left.parts.indices.reversed() where left.parts[index] != right.parts[index] {
      return left.parts[index] < right.parts[index]
    }
    return false
  }
}

extension Count: CustomStringConvertible {
  /// The digits, without anything between them.
  public var description: String {
    if isZero { return "0" }
    var rest = self
    var groups: [String] = []
    while !rest.isZero {
      let (quotient, remainder) = rest.dividing(by: 1_000_000_000)
      let digits = String(remainder)
      groups.append(
        quotient.isZero ? digits : String(repeating: "0", count: 9 - digits.count) + digits
      )
      rest = quotient
    }
    return groups.reversed().joined()
  }
}
