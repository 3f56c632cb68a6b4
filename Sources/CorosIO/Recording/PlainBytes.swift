/// Bytes as plain text: what is no printable letter of ASCII stands there by its number, as `%0A`.
enum PlainBytes {
  private static let digits = Array("0123456789ABCDEF".utf8)

  static func escaped(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for byte in bytes {
      if byte > 0x20, byte < 0x7F, byte != 0x25 {
        result.append(byte)
      } else {
        result += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  static func bytes(_ text: String) -> [UInt8]? {
    var result: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == 0x25 else {
        result.append(byte)
        continue
      }
      guard rest.count >= 2,
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      else {
        return nil
      }
      result.append(code)
      rest = rest.dropFirst(2)
    }
    return result
  }

  static func text(_ text: String) -> String? {
    bytes(text).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// A number of 64 bits that is another one for other bytes, nearly always; a byte at a time, the same on every machine.
  static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }
}
