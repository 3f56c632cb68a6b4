package import CorosInsight
package import CorosLanguage

extension CommandFailure {
  /// A failure in a part of an argument.
  package init(_ error: FieldError, in argument: Argument) {
    self.init(error.message, at: argument.place(of: error.range), hint: error.hint)
  }
}

extension Argument {
  /// The place of a part of the text in the line; the whole word if it contains quotes or variables.
  package func place(of part: Range<Int>) -> SourceRange {
    guard range.count == text.utf8.count, !part.isEmpty else { return range }
    return range.lowerBound + part.lowerBound..<range.lowerBound + part.upperBound
  }
}

extension Argument {
  /// The text as a word of fields: what was typed in quotes as a whole value stays in quotes there.
  package var keyedText: String {
    fragments.reduce(into: "") { text, fragment in
      let isValue = fragment.kind == .quoted && text.hasSuffix("=")
      text += isValue ? KeyedFields.quoted(fragment.text) : fragment.text
    }
  }
}
