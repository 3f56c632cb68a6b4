/// Splits Swift source into tokens, without comments.
///
/// The code inside an interpolation is source, too: its tokens follow the token of the string.
struct SwiftLexer {
  private let bytes: [UInt8]
  private var place = 0
  private var line = 1
  private var tokens: [Token] = []

  static func tokens(of text: String) -> [Token] {
    var lexer = SwiftLexer(bytes: Array(text.utf8))
    lexer.read(untilParenthesis: false)
    return lexer.tokens
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private func byte(_ offset: Int = 0) -> UInt8 {
    place + offset < bytes.count ? bytes[place + offset] : 0
  }

  private func isAt(_ text: StaticString) -> Bool {
    guard place + text.utf8CodeUnitCount <= bytes.count else { return false }
    for offset in 0..<text.utf8CodeUnitCount where bytes[place + offset] != text.utf8Start[offset] {
      return false
    }
    return true
  }

  private mutating func advance(_ count: Int = 1) {
    for _ in 0..<count where place < bytes.count {
      if bytes[place] == UInt8(ascii: "\n") { line += 1 }
      place += 1
    }
  }

  private mutating func read(untilParenthesis: Bool) {
    var depth = 0
    while place < bytes.count {
      let byte = byte()
      switch byte {
      case UInt8(ascii: "/") where isAt("//"):
        while place < bytes.count, self.byte() != UInt8(ascii: "\n") { place += 1 }
      case UInt8(ascii: "/") where isAt("/*"):
        skipComment()
      case UInt8(ascii: "\""):
        readString(hashes: 0)
      case UInt8(ascii: "#") where hashesBeforeQuote() > 0:
        readString(hashes: hashesBeforeQuote())
      case UInt8(ascii: "`"):
        readQuotedWord()
      case _ where Self.isWordStart(byte):
        readWord()
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        readNumber()
      case _ where byte <= UInt8(ascii: " "):
        advance()
      default:
        if byte == UInt8(ascii: "(") { depth += 1 }
        if byte == UInt8(ascii: ")") {
          depth -= 1
          if untilParenthesis, depth < 0 { return }
        }
        tokens.append(Token(kind: .sign, text: String(UnicodeScalar(byte)), line: line))
        advance()
      }
    }
  }

  private mutating func skipComment() {
    var depth = 0
    repeat {
      if isAt("/*") {
        depth += 1
        advance(2)
      } else if isAt("*/") {
        depth -= 1
        advance(2)
      } else {
        advance()
      }
    } while depth > 0 && place < bytes.count
  }

  /// The number of hash signs before a quotation mark; 0 if no quotation mark follows.
  private func hashesBeforeQuote() -> Int {
    var count = 0
    while byte(count) == UInt8(ascii: "#") { count += 1 }
    return byte(count) == UInt8(ascii: "\"") ? count : 0
  }

  private mutating func readString(hashes: Int) {
    let start = line
    advance(hashes)
    let quotes = isAt("\"\"\"") ? 3 : 1
    advance(quotes)
    let index = tokens.count
    var text: [UInt8] = []
    while place < bytes.count, !isAtEnd(quotes: quotes, hashes: hashes) {
      guard byte() == UInt8(ascii: "\\"), isEscape(hashes) else {
        text.append(byte())
        advance()
        continue
      }
      advance(1 + hashes)
      if byte() == UInt8(ascii: "(") {
        advance()
        read(untilParenthesis: true)
        advance()
      } else {
        text += [UInt8(ascii: "\\"), byte()]
        advance()
      }
    }
    advance(quotes + hashes)
    let string = String(decoding: text, as: UTF8.self)
    tokens.insert(Token(kind: .string, text: string, line: start), at: index)
  }

  private func isAtEnd(quotes: Int, hashes: Int) -> Bool {
    for offset in 0..<quotes where byte(offset) != UInt8(ascii: "\"") { return false }
    for offset in 0..<hashes where byte(quotes + offset) != UInt8(ascii: "#") { return false }
    return true
  }

  private func isEscape(_ hashes: Int) -> Bool {
    (0..<hashes).allSatisfy { byte(1 + $0) == UInt8(ascii: "#") }
  }

  private mutating func readQuotedWord() {
    let start = place + 1
    advance()
    while place < bytes.count, byte() != UInt8(ascii: "`") { advance() }
    append(.word, from: start)
    advance()
  }

  private mutating func readWord() {
    let start = place
    while place < bytes.count, Self.isWordStart(byte()) || Self.isDigit(byte()) { place += 1 }
    append(.word, from: start)
  }

  private mutating func readNumber() {
    let start = place
    while Self.isWordStart(byte()) || Self.isDigit(byte())
      || (byte() == UInt8(ascii: ".") && Self.isDigit(byte(1)))
    {
      place += 1
    }
    append(.number, from: start)
  }

  private mutating func append(_ kind: Token.Kind, from start: Int) {
    tokens.append(
      Token(kind: kind, text: String(decoding: bytes[start..<place], as: UTF8.self), line: line)
    )
  }

  private static func isWordStart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte >= 0x80
      || (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
