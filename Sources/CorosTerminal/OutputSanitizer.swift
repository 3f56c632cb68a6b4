/// Makes text safe for a terminal.
///
/// The text cannot move the cursor, change the window's title, or overwrite the line being typed.
package enum OutputSanitizer {
  /// Replaces each control character by a caret and a letter (`^[` for escape), except newlines and tabs.
  ///
  /// Characters above ASCII that control or reorder text are replaced by their number. With `keepingColor`,
  /// escape sequences that set colours are kept, and colour is reset at the end.
  package static func neutralized(_ text: String, keepingColor: Bool = false) -> String {
    // The fast path, by bytes and without a copy: nearly all text is harmless.
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
    // The C1 controls, line and paragraph separators, and characters that reorder text.
    case 0x80..<0xA0, 0x2028...0x202E, 0x2066...0x2069:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let padding = String(repeating: "0", count: 4 - digits.count)
      result.append(contentsOf: "<U+\(padding)\(digits)>".unicodeScalars)
    default:
      result.append(scalar)
    }
  }

  /// The length of the colour sequence (`ESC [ digits ; digits m`) at the start of the text.
  private static func colorSequenceLength(_ text: Substring.UnicodeScalarView) -> Int? {
    guard text.starts(with: ["\u{1B}", "["]) else { return nil }
    let codes = text.dropFirst(2).prefix { ("0"..."9").contains($0) || $0 == ";" || $0 == ":" }
    guard codes.endIndex < text.endIndex, text[codes.endIndex] == "m" else { return nil }
    return codes.count + 3
  }
}
