/// The part of a line around a place, made printable, and carets under the place.
///
/// Terminals disagree on the width of tabs, control characters and zero-width characters, and some controls
/// move the cursor. So each such character is replaced by one of known width, and the carets are measured on
/// the text shown.
package struct SourceExcerpt: Sendable {
  /// The line, or as much around the place as fits.
  ///
  /// `…` marks each cut.
  package let text: String
  /// Spaces, then at least one `^`.
  package let carets: String
  /// The column of the place, in characters of the whole line, from 1.
  package let column: Int

  /// Cuts the excerpt out of a line.
  ///
  /// - Parameters:
  ///   - line: The line. If it contains newlines, only the part with the place is shown.
  ///   - range: The place. It is clamped to the line, and its start is moved back to the start of a code
  ///     point.
  ///   - width: The columns available, at least 20.
  /// - Complexity: Linear in the length of the line, because of the column; otherwise in the width.
  package init(line: String, range: SourceRange, width: Int = 78) {
    var line = line
    line.makeContiguousUTF8()
    let width = max(width, 20)
    let start = line.scalarBoundary(atOrBefore: range.lowerBound)
    let end = line.scalarBoundary(atOrBefore: max(range.upperBound, range.lowerBound))
    // The place begins in the left half of the window. Columns it leaves free go to the text after it.
    let before = line[..<start]
    var left = Self.fitting(before.reversed(), columns: width / 2)
    let room = width - left.columns
    let marked = Self.fitting(line[start..<end], columns: room - 1)
    var right = Shown()
    if !marked.isCut {
      right = Self.fitting(line[max(start, end)...], columns: room - marked.columns)
    }
    // Columns that neither needs go to the text before it.
    if left.isCut {
      let rest = width - marked.columns - right.columns
      left = Self.fitting(before.reversed(), columns: rest)
    }

    self.column = Self.characterCount(ofLastLineIn: before) + 1
    self.text =
      (left.isCut ? "…" : "") + left.pieces.reversed().joined() + marked.pieces.joined()
      + right.pieces.joined() + (marked.isCut || right.isCut ? "…" : "")
    self.carets =
      String(repeating: " ", count: left.columns)
      + String(repeating: "^", count: max(1, marked.width))
  }

  /// Printable characters, up to a width.
  private struct Shown {
    var pieces: [String] = []
    var width = 0
    /// Whether some text did not fit.
    var isCut = false

    /// The width, including the mark of the cut.
    var columns: Int { isCut ? width + 1 : width }
  }

  /// As many characters as fit, including the mark of the cut.
  private static func fitting(_ characters: some Sequence<Character>, columns: Int) -> Shown {
    let all = shown(characters, columns: columns)
    return all.isCut ? shown(characters, columns: columns - 1) : all
  }

  private static func shown(_ characters: some Sequence<Character>, columns: Int) -> Shown {
    var result = Shown()
    for character in characters {
      if character == "\n" || character == "\r\n" { break }
      let piece = printable(character)
      if result.width + piece.width > columns {
        result.isCut = true
        break
      }
      result.pieces.append(piece.text)
      result.width += piece.width
    }
    return result
  }

  private static func characterCount(ofLastLineIn text: Substring) -> Int {
    let utf8 = text.utf8
    var line = text
    if let newline = utf8.lastIndex(of: UInt8(ascii: "\n")) {
      line = text[utf8.index(after: newline)...]
    }
    // Finding character boundaries is slow, and plain text does not need it.
    return line.utf8.allSatisfy { $0 < 0x80 && $0 != 0x0D } ? line.utf8.count : line.count
  }
}

extension String {
  /// The index of a byte offset, clamped to the string and moved back to the start of a code point.
  fileprivate func scalarBoundary(atOrBefore offset: Int) -> Index {
    var index = utf8.index(startIndex, offsetBy: Swift.min(Swift.max(offset, 0), utf8.count))
    while index > startIndex, index < endIndex, UTF8.isContinuation(utf8[index]) {
      index = utf8.index(before: index)
    }
    return index
  }
}
