package import CorosInsight
package import CorosLanguage

extension CommandFailure {
  /// A failure at a part of an argument.
  package init(_ error: FieldError, in argument: Argument) {
    self.init(error.message, at: argument.place(of: error.range), hint: error.hint)
  }
}

extension Argument {
  /// Where a part of the text stands in the line; the whole word when quotes or variables are in it.
  package func place(of part: Range<Int>) -> SourceRange {
    guard range.count == text.utf8.count, !part.isEmpty else { return range }
    return range.lowerBound + part.lowerBound..<range.lowerBound + part.upperBound
  }
}

extension Argument {
  /// The text as a word of fields: what was typed in quotes as a whole value stays in quotes there.
  var keyedText: String {
    fragments.reduce(into: "") { text, fragment in
      let isValue = fragment.kind == .quoted && text.hasSuffix("=")
      text += isValue ? KeyedFields.quoted(fragment.text) : fragment.text
    }
  }
}
