/// Wraps running text.
package enum TextFlow {
  /// Two columns: what to type, and what it does, wrapped so that no line is wider than `width`.
  ///
  /// - Parameters:
  ///   - rows: The two sides of each row.
  ///   - titleWidth: The width of the left side.
  ///   - width: The maximum number of columns of a line.
  ///   - paint: Colours a left side.
  /// - Returns: The lines, each with its newline.
  package static func glossary(
    _ rows: [(title: String, text: String)],
    titleWidth: Int,
    width: Int,
    paint: (String) -> String
  ) -> String {
    let left = titleWidth + 4
    // If there is no room beside the title, the text goes below it.
    let isBelow = width - left < 30
    let margin = isBelow ? 4 : left
    return rows.map { title, text in
      let lines = wrapped(text, width: width, indent: String(repeating: " ", count: margin))
      if isBelow { return "  " + paint(title) + "\n" + lines }
      let padding = String(repeating: " ", count: titleWidth - title.count)
      return "  " + paint(title) + padding + "  " + lines.dropFirst(left)
    }.joined()
  }

  /// Wraps a text; a line that begins with a space stays as it is.
  package static func wrapped(_ text: String, width: Int, indent: String) -> String {
    let room = max(min(width, 100) - indent.count, 20)
    var result = ""
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if paragraph.hasPrefix(" ") {
        result += indent + paragraph + "\n"
        continue
      }
      let lines = lines(of: paragraph, width: room)
      result += lines.isEmpty ? "\n" : lines.map { indent + $0 + "\n" }.joined()
    }
    return result
  }

  /// Wraps a paragraph.
  ///
  /// Only a word that is wider itself, or may not begin a line, exceeds the width.
  ///
  /// - Parameters:
  ///   - paragraph: The text; its words are separated by blanks.
  ///   - width: The maximum number of columns of a line.
  ///   - mayBegin: Whether a word may be the first of a line.
  /// - Returns: The lines; none if there are no words.
  package static func lines(
    of paragraph: some StringProtocol,
    width: Int,
    mayBegin: (Substring) -> Bool = { _ in true }
  ) -> [String] {
    var lines: [String] = []
    for word in String(paragraph).split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width || !mayBegin(word) {
        lines[lines.endIndex - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
