/// A set of ASCII bytes in two machine words: a membership test is a shift and reads no memory.
struct ByteSet {
  private let low: UInt64
  private let high: UInt64

  /// Makes the set from its bits: bytes 0 to 63, and 64 to 127.
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
  /// Bytes that are literal anywhere in a bare word.
  ///
  /// Excluded are controls and blanks, the operators `;` `&` `|`, the quoting `'` `"` `\` and the `$`. A `#`
  /// is included: it begins a comment only at the start of a word.
  @inline(__always)
  static var ordinary: ByteSet {
    let operators: UInt64 = 1 << 0x3B | 1 << 0x26
    let quoting: UInt64 = 1 << 0x27 | 1 << 0x22 | 1 << 0x24
    let controlsAndSpace: UInt64 = 0x1_FFFF_FFFF
    let backslashBarDelete: UInt64 = 1 << (0x5C - 64) | 1 << (0x7C - 64) | 1 << (0x7F - 64)
    return ByteSet(low: ~(operators | quoting | controlsAndSpace), high: ~backslashBarDelete)
  }

  /// Bytes that are special between double quotes: `"`, `\` and `$`.
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

  /// Whether the byte is a letter or an underscore, which can begin the name of a variable.
  @inline(__always)
  var beginsName: Bool { (self | 0x20) &- 0x61 < 26 || self == 0x5F }

  @inline(__always)
  var continuesName: Bool { beginsName || isASCIIDigit }
}
