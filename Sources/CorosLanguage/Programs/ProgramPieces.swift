/// The text of a definition as words and signs: what two texts have in common that differ in blanks and comments.
package struct ProgramPieces: Equatable, Sendable {
  /// The pieces, in order.
  package let all: [String]

  /// Splits a text.
  ///
  /// - Throws: What is wrong with it.
  package init(_ text: String) throws(ProgramError) {
    all = try ProgramLexer.tokens(of: text).compactMap { token in
      switch token.kind {
      case .word(let word): word
      case .number(let number): String(number)
      case .text(let text): "\"\(text)\""
      case .symbol(let symbol): symbol
      case .separator: ";"
      case .end: nil
      }
    }
  }

  /// Whether other pieces stand in these, one after the other; line breaks at their ends do not count.
  package func contains(_ other: ProgramPieces) -> Bool {
    var wanted = other.all[...]
    while wanted.first == ";" { wanted.removeFirst() }
    while wanted.last == ";" { wanted.removeLast() }
    guard !wanted.isEmpty, wanted.count <= all.count else { return wanted.isEmpty }
    return (0...all.count - wanted.count).contains { all[$0...].starts(with: wanted) }
  }
}
