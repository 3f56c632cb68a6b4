extension JSON {
  /// Parses text that contains exactly one value (RFC 8259).
  ///
  /// Whole numbers that fit become `int`. Keys keep their order, and may repeat.
  ///
  /// - Returns: Nil if the text is not JSON, or is nested deeper than 64 levels.
  package init?(parsing text: some StringProtocol) {
    var parser = Parser(Array(text.utf8))
    guard let value = parser.document() else { return nil }
    self = value
  }

  /// The value of a key of an object.
  package subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.0 == key }?.1
  }

  private struct Parser {
    private let bytes: [UInt8]
    private var place = 0
    private var depth = 0
    private static let deepest = 64

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() -> JSON? {
      guard let value = value() else { return nil }
      skipBlanks()
      // Not `? value : nil`, where nil would be JSON's null.
      guard place == bytes.count else { return nil }
      return value
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipBlanks() {
      while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
      guard next == byte else { return false }
      place += 1
      return true
    }

    private mutating func take(_ word: StaticString, _ value: JSON) -> JSON? {
      let word = Array("\(word)".utf8)
      guard bytes[place...].starts(with: word) else { return nil }
      place += word.count
      return value
    }

    private mutating func value() -> JSON? {
      skipBlanks()
      switch next {
      case UInt8(ascii: "n"): return take("null", .null)
      case UInt8(ascii: "t"): return take("true", .bool(true))
      case UInt8(ascii: "f"): return take("false", .bool(false))
      case UInt8(ascii: "\""): return string().map { .string($0) }
      case UInt8(ascii: "["): return nested { $0.array() }
      case UInt8(ascii: "{"): return nested { $0.object() }
      default: return number()
      }
    }

    private mutating func nested(_ body: (inout Parser) -> JSON?) -> JSON? {
      guard depth < Self.deepest else { return nil }
      depth += 1
      place += 1
      defer { depth -= 1 }
      return body(&self)
    }

    private mutating func array() -> JSON? {
      var values: [JSON] = []
      skipBlanks()
      if take(UInt8(ascii: "]")) { return .array([]) }
      while let value = value() {
        values.append(value)
        skipBlanks()
        if take(UInt8(ascii: "]")) { return .array(values) }
        guard take(UInt8(ascii: ",")) else { return nil }
      }
      return nil
    }

    private mutating func object() -> JSON? {
      var members: [(String, JSON)] = []
      skipBlanks()
      if take(UInt8(ascii: "}")) { return .object([]) }
      while true {
        skipBlanks()
        guard let key = string() else { return nil }
        skipBlanks()
        guard take(UInt8(ascii: ":")), let value = value() else { return nil }
        members.append((key, value))
        skipBlanks()
        if take(UInt8(ascii: "}")) { return .object(members) }
        guard take(UInt8(ascii: ",")) else { return nil }
      }
    }

    private mutating func number() -> JSON? {
      let start = place
      _ = take(UInt8(ascii: "-"))
      let first = next
      let count = digits()
      guard count == 1 || count > 0 && first != UInt8(ascii: "0") else { return nil }
      var isWhole = true
      if take(UInt8(ascii: ".")) {
        isWhole = false
        guard digits() > 0 else { return nil }
      }
      if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
        isWhole = false
        if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
        guard digits() > 0 else { return nil }
      }
      let text = String(decoding: bytes[start..<place], as: UTF8.self)
      if isWhole, let number = Int(text) { return .int(number) }
      if isWhole, let number = UInt64(text) { return .unsigned(number) }
      return Double(text).map { .double($0) }
    }

    private mutating func digits() -> Int {
      let start = place
      while let byte = next, (0x30...0x39).contains(byte) { place += 1 }
      return place - start
    }

    private mutating func string() -> String? {
      guard take(UInt8(ascii: "\"")) else { return nil }
      var result: [UInt8] = []
      while let byte = next {
        place += 1
        switch byte {
        case UInt8(ascii: "\""): return String(validating: result, as: UTF8.self)
        case UInt8(ascii: "\\"):
          guard let scalar = escape() else { return nil }
          result += Array(String(Character(scalar)).utf8)
        case 0..<0x20: return nil
        default: result.append(byte)
        }
      }
      return nil
    }

    /// The character after a backslash.
    private mutating func escape() -> Unicode.Scalar? {
      guard let byte = next else { return nil }
      place += 1
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
      case UInt8(ascii: "b"): return "\u{8}"
      case UInt8(ascii: "f"): return "\u{C}"
      case UInt8(ascii: "n"): return "\n"
      case UInt8(ascii: "r"): return "\r"
      case UInt8(ascii: "t"): return "\t"
      case UInt8(ascii: "u"):
        guard let first = unit() else { return nil }
        guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
        // The low half of a surrogate pair follows.
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")), let second = unit(),
          (0xDC00..<0xE000).contains(second)
        else { return nil }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      default: return nil
      }
    }

    private mutating func unit() -> UInt32? {
      let digits = bytes[place...].prefix(4)
      guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
      else { return nil }
      place += 4
      return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }
  }
}
