/// A character as it can be shown without moving the cursor, and its width in columns.
package func printable(_ character: Character) -> (text: String, width: Int) {
  guard let first = character.unicodeScalars.first else { return ("", 0) }
  switch first.value {
  case 0x09:
    return ("    ", 4)
  case 0x20..<0x7F where character.utf8.count == 1:
    return (String(character), 1)
  case 0..<0x20:
    return (controlPicture(0x2400 + first.value), 1)
  case 0x7F:
    return (controlPicture(0x2421), 1)
  default:
    // A lone mark would be drawn over its neighbour, and a heap of marks over the lines around.
    let width = character.displayWidth
    let isFit = width > 0 && character.utf8.count <= 64 && !first.isUnprintable
    return isFit ? (String(character), width) : ("\u{FFFD}", 1)
  }
}

/// Text short enough and fit to stand within a message.
package func excerpt(of text: String, limit: Int = 40) -> String {
  var result = ""
  for (count, character) in text.enumerated() {
    if count == limit { return result + "…" }
    result += printable(character).text
  }
  return result
}

private func controlPicture(_ value: UInt32) -> String {
  Unicode.Scalar(value).map { String(Character($0)) } ?? "\u{FFFD}"
}

extension Unicode.Scalar {
  fileprivate var isUnprintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
    default: false
    }
  }
}
