extension CommandParser {
  /// Reads `word = fragment { fragment }`.
  mutating func word() throws(SyntaxError) -> Word {
    let start = offset
    skipOrdinary()
    if isAtBoundary {
      return Word(content: .plain(text(start..<offset)), range: start..<offset)
    }
    var fragments = FragmentList()
    if offset > start {
      fragments.append(text(start..<offset), as: .bare, at: start..<offset)
    }
    repeat {
      try fragment(into: &fragments)
    } while !isAtBoundary
    return Word(content: .fragments(fragments.finished()), range: start..<offset)
  }

  /// Reads `fragment = bare text | 'text' | "text and $variables" | \character | $variable`.
  private mutating func fragment(into fragments: inout FragmentList) throws(SyntaxError) {
    switch bytes[offset] {
    case UInt8(ascii: "'"): try singleQuoted(into: &fragments)
    case UInt8(ascii: "\""): try doubleQuoted(into: &fragments)
    case UInt8(ascii: "\\"): try escaped(into: &fragments)
    case UInt8(ascii: "$"): fragments.append(try variable())
    default: try bare(into: &fragments)
    }
  }

  /// Reads bare text.
  ///
  /// Any other character here is invisible, and an error.
  private mutating func bare(into fragments: inout FragmentList) throws(SyntaxError) {
    let start = offset
    skipOrdinary()
    if offset > start {
      fragments.append(text(start..<offset), as: .bare, at: start..<offset)
    } else if let (lookalike, length) = Lookalike.at(offset, in: bytes) {
      throw SyntaxError(.lookalike(lookalike), at: offset..<offset + length)
    } else {
      throw SyntaxError(.controlCharacter(bytes[offset]), at: offset..<offset + 1)
    }
  }

  @inline(__always)
  private mutating func skipOrdinary() {
    while offset < bytes.count {
      let byte = bytes[offset]
      guard
        ByteSet.ordinary.contains(byte) || byte >= 0x80 && Lookalike.at(offset, in: bytes) == nil
      else { return }
      offset += 1
    }
  }

  /// Reads `'text'`: every character is literal.
  private mutating func singleQuoted(into fragments: inout FragmentList) throws(SyntaxError) {
    let start = offset
    offset += 1
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "'") { offset += 1 }
    guard offset < bytes.count else {
      throw SyntaxError(.unclosedQuote("'"), at: start..<start + 1)
    }
    offset += 1
    fragments.append(text(start + 1..<offset - 1), as: .quoted, at: start..<offset)
  }

  /// Reads `"text"`: variables are expanded, and a backslash escapes `"`, `\` and `$`.
  ///
  /// Before any other character the backslash is literal, as in sh.
  private mutating func doubleQuoted(into fragments: inout FragmentList) throws(SyntaxError) {
    let quote = offset
    offset += 1
    // Start with an empty fragment, so that `""` is a word.
    fragments.append("", as: .quoted, at: quote..<offset)
    while true {
      let start = offset
      while offset < bytes.count, !ByteSet.activeInDoubleQuotes.contains(bytes[offset]) {
        offset += 1
      }
      guard offset < bytes.count else {
        throw SyntaxError(.unclosedQuote("\""), at: quote..<quote + 1)
      }
      if offset > start {
        fragments.append(text(start..<offset), as: .quoted, at: start..<offset)
      }
      switch bytes[offset] {
      case UInt8(ascii: "$"):
        fragments.append(try variable())
      case UInt8(ascii: "\\"):
        escapedInDoubleQuotes(into: &fragments)
      default:
        offset += 1
        fragments.append("", as: .quoted, at: offset - 1..<offset)
        return
      }
    }
  }

  private mutating func escapedInDoubleQuotes(into fragments: inout FragmentList) {
    let start = offset
    offset += 1
    let escapes = offset < bytes.count && ByteSet.activeInDoubleQuotes.contains(bytes[offset])
    if escapes { offset += 1 }
    fragments.append(text(offset - 1..<offset), as: .quoted, at: start..<offset)
  }

  /// Reads `\character`: one whole character, of any number of bytes.
  private mutating func escaped(into fragments: inout FragmentList) throws(SyntaxError) {
    let start = offset
    offset += 1
    guard offset < bytes.count else {
      throw SyntaxError(.unfinishedEscape, at: start..<offset)
    }
    repeat { offset += 1 } while offset < bytes.count && UTF8.isContinuation(bytes[offset])
    fragments.append(text(start + 1..<offset), as: .quoted, at: start..<offset)
  }

  /// Reads `variable = "$" ( name | digits | "@" | "#" | "!" | "?" ) | "${" the same "}"`.
  private mutating func variable() throws(SyntaxError) -> Fragment {
    let start = offset
    offset += 1
    let braced = offset < bytes.count && bytes[offset] == UInt8(ascii: "{")
    if braced { offset += 1 }
    let variable = variableName()
    if braced {
      try closeBrace(openedAt: start, named: variable != nil)
    }
    guard let variable else {
      throw SyntaxError(.missingVariableName, at: start..<start + 1)
    }
    return Fragment(
      kind: .variable(variable),
      text: text(start..<offset),
      range: start..<offset
    )
  }

  private mutating func variableName() -> Variable? {
    guard offset < bytes.count else { return nil }
    let start = offset
    let first = bytes[offset]
    offset += 1
    switch first {
    case UInt8(ascii: "@"): return .allArguments
    case UInt8(ascii: "#"): return .argumentCount
    case UInt8(ascii: "!"): return .lastSpawned
    case UInt8(ascii: "?"): return .status
    case _ where first.isASCIIDigit:
      while offset < bytes.count, bytes[offset].isASCIIDigit { offset += 1 }
      // A number too large for Int is larger than the number of arguments, too.
      return .argument(Int(text(start..<offset)) ?? .max)
    case _ where first.beginsName:
      while offset < bytes.count, bytes[offset].continuesName { offset += 1 }
      return .named(text(start..<offset))
    default:
      offset = start
      return nil
    }
  }

  /// Reads the `}` of `${name}`.
  ///
  /// Distinguishes a brace that is never closed from a name that is invalid.
  private mutating func closeBrace(openedAt start: Int, named: Bool) throws(SyntaxError) {
    if named, offset < bytes.count, bytes[offset] == UInt8(ascii: "}") {
      offset += 1
      return
    }
    guard let close = bytes[offset...].firstIndex(of: UInt8(ascii: "}")) else {
      throw SyntaxError(.unclosedBrace, at: start..<start + 2)
    }
    throw SyntaxError(.notAName(text(start + 2..<close)), at: start..<close + 1)
  }
}

/// The fragments of a word under construction.
///
/// Adjacent fragments of one kind are merged.
private struct FragmentList {
  private var fragments: [Fragment] = []

  mutating func append(_ text: String, as kind: Fragment.Kind, at range: SourceRange) {
    if let last = fragments.indices.last, fragments[last].kind == kind {
      fragments[last].text += text
      fragments[last].range = fragments[last].range.lowerBound..<range.upperBound
    } else {
      fragments.append(Fragment(kind: kind, text: text, range: range))
    }
  }

  mutating func append(_ variable: Fragment) {
    fragments.append(variable)
  }

  /// The fragments, without the empty ones that quotes next to a variable produce.
  func finished() -> [Fragment] {
    guard fragments.count > 1, fragments.contains(where: \.text.isEmpty) else { return fragments }
    let visible = fragments.filter { !$0.text.isEmpty }
    return visible.isEmpty ? [fragments[0]] : visible
  }
}
