/// A character that is often pasted by accident: invisible, or a space that is not a plain space.
///
/// If accepted, it would silently become part of a word, and `run<U+00A0>5` would be an unknown command that
/// looks right. Inside quotes it is accepted as intended.
package enum Lookalike: UInt32, CaseIterable, Sendable {
  case noBreakSpace = 0xA0
  case zeroWidthSpace = 0x200B
  case lineSeparator = 0x2028
  case paragraphSeparator = 0x2029
  case narrowNoBreakSpace = 0x202F
  case ideographicSpace = 0x3000
  case byteOrderMark = 0xFEFF

  package var name: String {
    switch self {
    case .noBreakSpace: "a no-break space"
    case .zeroWidthSpace: "a zero-width space"
    case .lineSeparator: "a line separator"
    case .paragraphSeparator: "a paragraph separator"
    case .narrowNoBreakSpace: "a narrow no-break space"
    case .ideographicSpace: "an ideographic space"
    case .byteOrderMark: "a byte order mark"
    }
  }

  /// The lookalike whose UTF-8 form begins at `offset`, if any, and its length in bytes.
  ///
  /// Only four lead bytes can begin one, so other text costs one comparison per byte.
  @inline(__always)
  package static func at(
    _ offset: Int,
    in bytes: UnsafeBufferPointer<UInt8>
  ) -> (lookalike: Lookalike, length: Int)? {
    switch bytes[offset] {
    case 0xC2, 0xE2, 0xE3, 0xEF: decode(offset, in: bytes)
    default: nil
    }
  }

  @inline(never)
  private static func decode(
    _ offset: Int,
    in bytes: UnsafeBufferPointer<UInt8>
  ) -> (lookalike: Lookalike, length: Int)? {
    let length = bytes[offset] == 0xC2 ? 2 : 3
    guard offset + length <= bytes.count else { return nil }
    var value = UInt32(bytes[offset] & (length == 2 ? 0x1F : 0x0F))
    for index in offset + 1..<offset + length {
      value = value << 6 | UInt32(bytes[index] & 0x3F)
    }
    return Lookalike(rawValue: value).map { ($0, length) }
  }
}
