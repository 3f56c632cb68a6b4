/// Makes text safe to show on a terminal: no program can move the cursor, retitle the window, or
/// write over the line that is being typed.
package enum OutputSanitizer {
  /// The text with each control character shown as a caret and a letter (`^[` for escape), except
  /// newlines and tabs; a character above ASCII that controls or reorders is shown by its number.
  ///
  /// With `keepingColor`, escape sequences that only colour pass, and colour that is still on at the
  /// end is turned off there.
  package static func neutralized(_ text: String, keepingColor: Bool = false) -> String {
    // Nearly all text is harmless: found out by bytes, without making another.
    if text.utf8.allSatisfy({ ($0 >= 0x20 && $0 < 0x7F) || $0 == 0x0A || $0 == 0x09 }) {
      return text
    }
    var result = String.UnicodeScalarView()
    var isColored = false
    var rest = Substring.UnicodeScalarView(text.unicodeScalars)
    while let scalar = rest.first {
      if keepingColor, let length = colorSequenceLength(rest) {
        let sequence = rest.prefix(length)
        result.append(contentsOf: sequence)
        isColored = !["\u{1B}[m", "\u{1B}[0m"].contains(String(sequence))
        rest = rest.dropFirst(length)
        continue
      }
      append(scalar, to: &result)
      rest = rest.dropFirst()
    }
    if isColored { result.append(contentsOf: "\u{1B}[0m".unicodeScalars) }
    return String(result)
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout String.UnicodeScalarView) {
    switch scalar.value {
    case 0x09, 0x0A:
      result.append(scalar)
    case 0x00..<0x20, 0x7F:
      result.append("^")
      result.append(Unicode.Scalar(UInt8(scalar.value) ^ 0x40))
    // The second set of controls, line and paragraph separators, and what reorders a line.
    case 0x80..<0xA0, 0x2028...0x202E, 0x2066...0x2069:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let padding = String(repeating: "0", count: 4 - digits.count)
      result.append(contentsOf: "<U+\(padding)\(digits)>".unicodeScalars)
    default:
      result.append(scalar)
    }
  }

  /// The length of the colour sequence (`ESC [ digits ; digits m`) that the text begins with.
  private static func colorSequenceLength(_ text: Substring.UnicodeScalarView) -> Int? {
    guard text.starts(with: ["\u{1B}", "["]) else { return nil }
    let codes = text.dropFirst(2).prefix { ("0"..."9").contains($0) || $0 == ";" || $0 == ":" }
    guard codes.endIndex < text.endIndex, text[codes.endIndex] == "m" else { return nil }
    return codes.count + 3
  }
}
