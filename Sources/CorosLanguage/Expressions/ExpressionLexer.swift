/// The tokens of an expression.
struct ExpressionToken: Equatable {
  enum Kind: Equatable {
    /// Bare text: a number, a name, a keyword, or a word that stands for itself.
    case word(String)
    /// Text that is at least partly quoted: always a string.
    case text(String)
    /// The value of a variable alone: a number if it looks like one, otherwise a string.
    case value(String)
    case comparison(Expression.Comparison)
    case arithmetic(Expression.Arithmetic)
    case open
    case close
    case comma
  }

  var kind: Kind
  var range: SourceRange
}

/// Splits arguments into tokens.
struct ExpressionLexer {
  private(set) var tokens: [ExpressionToken] = []
  /// The word under construction, from adjacent fragments.
  private var word: ExpressionToken?

  /// Adds the tokens of one argument.
  ///
  /// No token spans two arguments.
  mutating func read(_ argument: Argument) throws(ExpressionError) {
    for fragment in argument.fragments {
      switch fragment.kind {
      case .bare: try readBare(fragment)
      case .quoted: extendWord(with: .text(fragment.text), at: fragment.range)
      case .variable: extendWord(with: .value(fragment.text), at: fragment.range)
      }
    }
    endWord()
  }

  private mutating func readBare(_ fragment: Fragment) throws(ExpressionError) {
    let bytes = Array(fragment.text.utf8)
    let base = fragment.range.lowerBound
    var offset = 0
    while offset < bytes.count {
      if let (kind, length) = try Self.symbol(at: offset, in: bytes, base: base) {
        endWord()
        let start = base + offset
        tokens.append(ExpressionToken(kind: kind, range: start..<start + length))
        offset += length
        continue
      }
      let start = offset
      while offset < bytes.count, !Self.beginsSymbol(bytes[offset]) { offset += 1 }
      extendWord(
        with: .word(String(decoding: bytes[start..<offset], as: UTF8.self)),
        at: base + start..<base + offset
      )
    }
  }

  private static func beginsSymbol(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: "="),
      UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"):
      true
    default:
      false
    }
  }

  private static func symbol(
    at offset: Int,
    in bytes: [UInt8],
    base: Int
  ) throws(ExpressionError) -> (kind: ExpressionToken.Kind, length: Int)? {
    let isPair = offset + 1 < bytes.count && bytes[offset + 1] == UInt8(ascii: "=")
    let place = base + offset..<base + offset + 1
    switch bytes[offset] {
    case UInt8(ascii: "("): return (.open, 1)
    case UInt8(ascii: ")"): return (.close, 1)
    case UInt8(ascii: ","): return (.comma, 1)
    case UInt8(ascii: "<"): return isPair ? (.comparison(.lessOrEqual), 2) : (.comparison(.less), 1)
    case UInt8(ascii: ">"):
      return isPair ? (.comparison(.greaterOrEqual), 2) : (.comparison(.greater), 1)
    case UInt8(ascii: "="):
      guard isPair else { throw ExpressionError(.loneEquals, at: place) }
      return (.comparison(.equal), 2)
    case UInt8(ascii: "!"):
      guard isPair else { throw ExpressionError(.loneExclamation, at: place) }
      return (.comparison(.unequal), 2)
    default:
      return nil
    }
  }

  private mutating func extendWord(with kind: ExpressionToken.Kind, at range: SourceRange) {
    guard let begun = word else {
      word = ExpressionToken(kind: kind, range: range)
      return
    }
    // A word made of several parts is text, even if all of them look like numbers.
    word = ExpressionToken(
      kind: .text(begun.kind.text + kind.text),
      range: begun.range.lowerBound..<range.upperBound
    )
  }

  private mutating func endWord() {
    if var word {
      if case .word(let text) = word.kind, let sign = Expression.Arithmetic(rawValue: text) {
        word.kind = .arithmetic(sign)
      }
      tokens.append(word)
    }
    word = nil
  }
}

extension ExpressionToken.Kind {
  /// The token as text.
  var text: String {
    switch self {
    case .word(let text), .text(let text), .value(let text): text
    case .comparison(let comparison): comparison.rawValue
    case .arithmetic(let sign): sign.rawValue
    case .open: "("
    case .close: ")"
    case .comma: ","
    }
  }
}
