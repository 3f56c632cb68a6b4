/// An error with a place in a line and a hint how to fix it.
package protocol Diagnostic: Error {
  var message: String { get }
  var hint: String { get }
  var range: SourceRange { get }
}

extension Diagnostic {
  /// The column of the place, in characters from 1.
  package func column(in line: String) -> Int {
    SourceExcerpt(line: line, range: range).column
  }

  /// The message, the line with a caret under the place, and the hint, ready to print.
  ///
  /// - Parameters:
  ///   - line: The line that was parsed.
  ///   - prefix: What goes before the message, such as `setup.coros:3: `.
  ///   - width: The columns available for the line and the caret. The excerpt is cut to fit, around the
  ///     place.
  /// - Returns: Three or four lines, the last without a newline.
  package func rendered(in line: String, prefix: String = "", width: Int = 80) -> String {
    let excerpt = SourceExcerpt(line: line, range: range, width: width - 2)
    var text = "\(prefix)\(message)\n  \(excerpt.text)\n  \(excerpt.carets)"
    if !hint.isEmpty { text += "\n  hint: \(hint)" }
    return text
  }
}
