/// Sets of ASCII bytes as two machine words, so that membership is a shift and no memory is read.
struct ByteSet {
  private let low: UInt64
  private let high: UInt64

  /// Makes the set of the given bytes, all below 128.
  @inline(__always)
  private init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    if byte < 64 { return low >> UInt64(byte) & 1 != 0 }
    if byte < 128 { return high >> UInt64(byte &- 64) & 1 != 0 }
    return false
  }
}

extension ByteSet {
  /// Bytes that are themselves anywhere in a bare word.
  ///
  /// Left out are controls and blanks, the operators `;` `&` `|`, the quoting `'` `"` `\` and the `$`.
  /// A `#` is in the set: it begins a comment only where a word could begin.
  @inline(__always)
  static var ordinary: ByteSet {
    let operators: UInt64 = 1 << 0x3B | 1 << 0x26
    let quoting: UInt64 = 1 << 0x27 | 1 << 0x22 | 1 << 0x24
    let controlsAndSpace: UInt64 = 0x1_FFFF_FFFF
    let backslashBarDelete: UInt64 = 1 << (0x5C - 64) | 1 << (0x7C - 64) | 1 << (0x7F - 64)
    return ByteSet(low: ~(operators | quoting | controlsAndSpace), high: ~backslashBarDelete)
  }

  /// Bytes that mean something between double quotes: `"`, `\` and `$`.
  @inline(__always)
  static var activeInDoubleQuotes: ByteSet {
    ByteSet(low: 1 << 0x22 | 1 << 0x24, high: 1 << (0x5C - 64))
  }
}

extension UInt8 {
  @inline(__always)
  package init(ascii character: Unicode.Scalar) {
    self = UInt8(truncatingIfNeeded: character.value)
  }

  @inline(__always)
  package var isASCIIDigit: Bool { self &- 0x30 < 10 }

  /// A letter or an underscore: what a variable's name may begin with.
  @inline(__always)
  var beginsName: Bool { (self | 0x20) &- 0x61 < 26 || self == 0x5F }

  @inline(__always)
  var continuesName: Bool { beginsName || isASCIIDigit }
}
