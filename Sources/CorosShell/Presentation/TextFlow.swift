/// Breaks running text into lines.
enum TextFlow {
  /// What one types, and beside it what it does, broken so that no line is wider than asked.
  ///
  /// - Parameters:
  ///   - rows: The two sides of each row.
  ///   - titleWidth: How wide the left side is.
  ///   - width: The most columns of a line.
  ///   - paint: Colours a left side.
  /// - Returns: The lines, each with its newline.
  static func glossary(
    _ rows: [(title: String, text: String)],
    titleWidth: Int,
    width: Int,
    paint: (String) -> String
  ) -> String {
    let left = titleWidth + 4
    // Where there is no room beside it, the text goes below.
    let isBelow = width - left < 30
    let margin = isBelow ? 4 : left
    return rows.map { title, text in
      let lines = wrapped(text, width: width, indent: String(repeating: " ", count: margin))
      if isBelow { return "  " + paint(title) + "\n" + lines }
      let padding = String(repeating: " ", count: titleWidth - title.count)
      return "  " + paint(title) + padding + "  " + lines.dropFirst(left)
    }.joined()
  }

  /// The text in lines no wider than asked; a line that begins with a space stays as it is.
  static func wrapped(_ text: String, width: Int, indent: String) -> String {
    let room = max(min(width, 100) - indent.count, 20)
    var result = ""
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if paragraph.hasPrefix(" ") {
        result += indent + paragraph + "\n"
        continue
      }
      var line = ""
      for word in paragraph.split(separator: " ") {
        if !line.isEmpty, line.count + 1 + word.count > room {
          result += indent + line + "\n"
          line = ""
        }
        line += line.isEmpty ? String(word) : " " + word
      }
      result += line.isEmpty ? "\n" : indent + line + "\n"
    }
    return result
  }
}
