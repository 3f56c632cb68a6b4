/// Fits any text into a number of columns of a terminal.
package enum ClippedText {
  /// The width of a text in columns.
  ///
  /// Stops counting soon after the limit.
  package static func width(of text: String, atMost limit: Int) -> Int {
    var width = 0
    for character in text where width <= limit { width += printable(character).width }
    return width
  }

  /// The text in exactly this many columns.
  ///
  /// An ellipsis marks a cut.
  package static func padded(_ text: String, to columns: Int) -> String {
    let (text, width) = cut(text, columns)
    return text + String(repeating: " ", count: columns - width)
  }

  /// The text in at most this many columns.
  ///
  /// An ellipsis marks a cut.
  package static func clipped(_ text: String, to columns: Int) -> String {
    cut(text, columns).text
  }

  private static func cut(_ text: String, _ columns: Int) -> (text: String, width: Int) {
    let isTooWide = width(of: text, atMost: columns) > columns
    let room = isTooWide ? columns - 1 : columns
    var (result, width) = ("", 0)
    for character in text {
      let piece = printable(character)
      if width + piece.width > room { break }
      result += piece.text
      width += piece.width
    }
    return isTooWide && columns > 0 ? (result + "…", width + 1) : (result, width)
  }
}
