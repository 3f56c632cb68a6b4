/// A part of the text of a definition.
struct ProgramToken: Equatable {
  enum Kind: Equatable {
    /// A name, or a word of the language.
    case word(String)
    case number(Int)
    case text(String)
    /// An operator or a bracket.
    case symbol(String)
    /// `;` or the end of a line.
    case separator
    case end
  }

  let kind: Kind
  let range: SourceRange
}

/// Splits the text of a definition into tokens.
struct ProgramLexer {
  /// The most bytes of one definition.
  static let longest = 1 << 20

  private let bytes: [UInt8]
  private var offset = 0
  private var tokens: [ProgramToken] = []
  /// How many parentheses and brackets are open: inside them the end of a line means nothing.
  private var depth = 0

  private init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// The tokens, the last of which is `end`.
  static func tokens(of text: String) throws(ProgramError) -> [ProgramToken] {
    guard text.utf8.count <= longest else {
      throw ProgramError(
        "a definition cannot be longer than \(longest) bytes",
        at: 0..<1,
        hint: "split it into procedures"
      )
    }
    var lexer = ProgramLexer(text)
    while try lexer.read() {}
    let end = lexer.bytes.count
    lexer.tokens.append(ProgramToken(kind: .end, range: max(0, end - 1)..<end))
    return lexer.tokens
  }

  /// Reads one token; false at the end.
  private mutating func read() throws(ProgramError) -> Bool {
    guard offset < bytes.count else { return false }
    let start = offset
    let byte = bytes[offset]
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
      offset += 1
    case UInt8(ascii: "#"):
      while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
    case UInt8(ascii: "\n"):
      offset += 1
      if depth == 0 { append(.separator, from: start) }
    case UInt8(ascii: ";"):
      offset += 1
      append(.separator, from: start)
    case UInt8(ascii: "\""): try readText()
    case _ where byte.isASCIIDigit: try readNumber()
    case _ where byte.beginsName:
      while offset < bytes.count, bytes[offset].continuesName { offset += 1 }
      append(.word(String(decoding: bytes[start..<offset], as: UTF8.self)), from: start)
    default: try readSymbol()
    }
    return true
  }

  private mutating func append(_ kind: ProgramToken.Kind, from start: Int) {
    tokens.append(ProgramToken(kind: kind, range: start..<offset))
  }

  private mutating func readText() throws(ProgramError) {
    let start = offset
    offset += 1
    var text: [UInt8] = []
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
      if bytes[offset] == UInt8(ascii: "\n") { break }
      if bytes[offset] == UInt8(ascii: "\\"), offset + 1 < bytes.count { offset += 1 }
      text.append(bytes[offset])
      offset += 1
    }
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
      throw ProgramError("this quote is never closed", at: start..<start + 1, hint: "add a `\"`")
    }
    offset += 1
    append(.text(String(decoding: text, as: UTF8.self)), from: start)
  }

  private mutating func readNumber() throws(ProgramError) {
    let start = offset
    while offset < bytes.count, bytes[offset].isASCIIDigit { offset += 1 }
    let digits = bytes[start..<offset].drop { $0 == UInt8(ascii: "0") }
    // The digits are counted first, because Int's parser is slow on millions of them.
    guard digits.count < 20, let number = Int("0" + String(decoding: digits, as: UTF8.self)) else {
      throw ProgramError(
        "this number does not fit in 64 bits",
        at: start..<offset,
        hint: "numbers go from \(Int.min) to \(Int.max)"
      )
    }
    if offset < bytes.count, bytes[offset].continuesName {
      while offset < bytes.count, bytes[offset].continuesName { offset += 1 }
      throw ProgramError(
        "a name cannot begin with a digit",
        at: start..<offset,
        hint: "put a letter first"
      )
    }
    append(.number(number), from: start)
  }

  private static let pairs = Set(["==", "!=", "<=", ">=", "+=", "-=", ".."])
  private static let singles = Set("=<>+-*/%(){}[],".utf8)

  private mutating func readSymbol() throws(ProgramError) {
    let start = offset
    let pair = String(decoding: bytes[start..<min(start + 2, bytes.count)], as: UTF8.self)
    if Self.pairs.contains(pair) {
      offset += 2
      return append(.symbol(pair), from: start)
    }
    guard Self.singles.contains(bytes[offset]) else { throw unknown(pair) }
    switch bytes[offset] {
    case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: ")"), UInt8(ascii: "]"): depth = max(0, depth - 1)
    // A forgotten parenthesis must not swallow the lines of a block.
    case UInt8(ascii: "{"), UInt8(ascii: "}"): depth = 0
    default: break
    }
    offset += 1
    append(.symbol(String(decoding: [bytes[start]], as: UTF8.self)), from: start)
  }

  /// The error about a character that begins nothing.
  private func unknown(_ pair: String) -> ProgramError {
    var end = offset + 1
    while end < bytes.count, UTF8.isContinuation(bytes[end]) { end += 1 }
    let text = String(decoding: bytes[offset..<end], as: UTF8.self)
    let hint =
      switch pair {
      case "&&": "write and"
      case "||": "write or"
      default: text == "!" ? "write not, or != for unequal" : ""
      }
    return ProgramError("`\(excerpt(of: text))` means nothing here", at: offset..<end, hint: hint)
  }
}
