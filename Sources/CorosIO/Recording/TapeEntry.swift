/// One thing that was asked of the world, and what came in: a line of a recording.
///
/// Bytes that went out are not kept: their number and a hash are.
public struct TapeEntry: Hashable, Sendable {
  /// Which handle it was about; 0 for those that open one.
  public let handle: Int
  /// What was asked: `receive`.
  public let verb: String
  /// With which argument: an address, a number, or the number and the hash of bytes.
  public let argument: String
  /// How it was answered.
  let result: DeviceResult

  /// How many bytes it takes to keep.
  var size: Int {
    if case .bytes(let bytes) = result { 64 + bytes.count } else { 64 }
  }

  init(_ handle: Int, _ verb: String, _ argument: String, _ result: DeviceResult) {
    self.handle = handle
    self.verb = verb
    self.argument = argument
    self.result = result
  }

  /// What was asked, without the answer.
  var question: String {
    (handle == 0 ? verb : "h\(handle) \(verb)") + (argument.isEmpty ? "" : " \(argument)")
  }
}

extension TapeEntry: CustomStringConvertible {
  /// The entry as a line: `h2 receive 16384 bytes hello%0A`.
  public var description: String { text(hidesBytes: false) }

  /// The entry as a line.
  ///
  /// - Parameter hidesBytes: whether to write only how many bytes came, not which. Such a line cannot be replayed.
  /// - Returns: the line.
  public func text(hidesBytes: Bool) -> String {
    let name = handle == 0 ? "-" : "h\(handle)"
    let words =
      "\(name) \(verb) " + (argument.isEmpty ? "-" : PlainBytes.escaped(Array(argument.utf8)))
    switch result {
    case .opened(let key, let address, let isAlwaysReady):
      return
        "\(words) opened \(key) \(isAlwaysReady ? "file" : "stream") \(PlainBytes.escaped(Array(address.utf8)))"
    case .bytes(let bytes) where bytes.isEmpty: return "\(words) end"
    case .bytes(let bytes):
      return "\(words) "
        + (hidesBytes ? "hidden \(bytes.count)" : "bytes \(PlainBytes.escaped(bytes))")
    case .count(let count): return "\(words) count \(count)"
    case .done: return "\(words) done"
    case .again: return "\(words) again"
    case .failed(let number): return "\(words) failed \(number)"
    }
  }

  /// Reads a line; nil when it is none.
  public init?(_ text: some StringProtocol) {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map { String($0) }
    guard words.count >= 4 else { return nil }
    let number: Int? = words[0] == "-" ? 0 : words[0].first == "h" ? Int(words[0].dropFirst()) : nil
    guard let number, number >= 0, let argument = PlainBytes.text(words[2]),
      let result = Self.result(Array(words[3...]))
    else { return nil }
    self.init(number, words[1], argument == "-" ? "" : argument, result)
  }

  private static func result(_ words: [String]) -> DeviceResult? {
    switch (words[0], words.count) {
    case ("opened", 4):
      guard let key = Int(words[1]), key > 0, words[2] == "file" || words[2] == "stream",
        let address = PlainBytes.text(words[3])
      else { return nil }
      return .opened(key: key, address: address, isAlwaysReady: words[2] == "file")
    case ("bytes", 2):
      guard let bytes = PlainBytes.bytes(words[1]), !bytes.isEmpty else { return nil }
      return .bytes(bytes)
    case ("end", 1): return .bytes([])
    case ("count", 2): return Int(words[1]).flatMap { $0 >= 0 ? .count($0) : nil }
    case ("done", 1): return .done
    case ("again", 1): return .again
    case ("failed", 2): return Int32(words[1]).flatMap { $0 > 0 ? .failed($0) : nil }
    default: return nil
    }
  }
}

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
