/// Decodes UTF-8 byte by byte.
///
/// Each invalid sequence becomes one U+FFFD, so that the user sees the loss. The byte that breaks a sequence
/// is decoded again, because it may begin the next character.
struct UTF8Decoder {
  private var pending: [UInt8] = []

  /// Decodes one byte and returns the characters that it completes.
  ///
  /// That is none, one, or two if an invalid sequence comes first.
  mutating func decode(_ byte: UInt8) -> [Unicode.Scalar] {
    if pending.isEmpty { return begin(byte) }
    pending.append(byte)
    guard Self.isPossible(pending) else {
      pending = []
      return [replacement] + begin(byte)
    }
    guard pending.count == Self.length(startingWith: pending[0]) else { return [] }
    defer { pending = [] }
    return Array(String(decoding: pending, as: UTF8.self).unicodeScalars)
  }

  /// Discards an incomplete character.
  mutating func reset() { pending = [] }

  private var replacement: Unicode.Scalar { "\u{FFFD}" }

  private mutating func begin(_ byte: UInt8) -> [Unicode.Scalar] {
    guard let length = Self.length(startingWith: byte) else { return [replacement] }
    if length == 1 { return [Unicode.Scalar(byte)] }
    pending = [byte]
    return []
  }

  private static func length(startingWith byte: UInt8) -> Int? {
    switch byte {
    case 0x00...0x7F: 1
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: nil
    }
  }

  /// Whether the bytes can begin a character: no overlong form, no surrogate, nothing past U+10FFFF.
  private static func isPossible(_ bytes: [UInt8]) -> Bool {
    let second: ClosedRange<UInt8> =
      switch bytes[0] {
      case 0xE0: 0xA0...0xBF
      case 0xED: 0x80...0x9F
      case 0xF0: 0x90...0xBF
      case 0xF4: 0x80...0x8F
      default: 0x80...0xBF
      }
    return second.contains(bytes[1]) && bytes.dropFirst(2).allSatisfy { $0 & 0xC0 == 0x80 }
  }
}
