/// Makes text safe for a terminal.
///
/// The text cannot move the cursor, change the window's title, or overwrite the line being typed.
package enum OutputSanitizer {
  /// Replaces each control character by a caret and a letter (`^[` for escape), except newlines and tabs.
  ///
  /// Characters above ASCII that control or reorder text are replaced by their number. With `keepingColor`,
  /// escape sequences that set colours are kept, and colour is reset at the end. Linear in the text, and
  /// nearly as fast as copying it, whatever is in it.
  package static func neutralized(_ text: String, keepingColor: Bool = false) -> String {
    var text = text
    let result = text.withUTF8 { bytes in
      var neutralizer = Neutralizer(bytes, keepsColor: keepingColor)
      return neutralizer.run()
    }
    return result ?? text
  }
}

/// Works by bytes: what is harmless is copied in pieces as long as possible.
private struct Neutralizer {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let keepsColor: Bool
  private var result: [UInt8] = []
  /// The end of what has been copied.
  private var copied = 0
  private var isColored = false

  init(_ bytes: UnsafeBufferPointer<UInt8>, keepsColor: Bool) {
    self.bytes = bytes
    self.keepsColor = keepsColor
  }

  /// The safe text; nil if that is the text itself.
  mutating func run() -> String? {
    var index = 0
    while index < bytes.count {
      let length = length(at: index)
      if length == 0 {
        index += 1
      } else if keepsColor, let end = endOfColor(at: index) {
        noteColor(index..<end)
        index = end
      } else {
        replace(index..<index + length)
        index += length
      }
    }
    if copied == 0, !isColored { return nil }
    result += bytes[copied...]
    if isColored { result += Self.reset }
    return String(decoding: result, as: UTF8.self)
  }

  private static let reset = Array("\u{1B}[0m".utf8)

  /// The length of the harmful character that begins here; 0 if there is none.
  private func length(at index: Int) -> Int {
    switch bytes[index] {
    case 0x09, 0x0A, 0x20..<0x7F: 0
    case 0x00..<0x20, 0x7F: 1
    // U+0080 to U+009F, the C1 controls.
    case 0xC2 where index + 1 < bytes.count && bytes[index + 1] < 0xA0: 2
    case 0xE2 where index + 2 < bytes.count:
      switch (bytes[index + 1], bytes[index + 2]) {
      // U+2028 to U+202E, and U+2066 to U+2069: separators, and characters that reorder text.
      case (0x80, 0xA8...0xAE), (0x81, 0xA6...0xA9): 3
      default: 0
      }
    default: 0
    }
  }

  private mutating func replace(_ range: Range<Int>) {
    result += bytes[copied..<range.lowerBound]
    copied = range.upperBound
    let first = bytes[range.lowerBound]
    guard range.count > 1 else {
      result.append(UInt8(ascii: "^"))
      result.append(first ^ 0x40)
      return
    }
    // The leading byte of two has five bits of the number, that of three has four.
    let leading = Int(first & (range.count == 2 ? 0x1F : 0x0F))
    let number = bytes[range].dropFirst().reduce(leading) { $0 << 6 | Int($1 & 0x3F) }
    result += Self.opening
    for shift in [12, 8, 4, 0] { result.append(Self.digits[number >> shift & 0xF]) }
    result.append(UInt8(ascii: ">"))
  }

  private static let opening = Array("<U+".utf8)
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// The end of the colour sequence (`ESC [ digits ; digits m`) that begins here; nil if there is none.
  private func endOfColor(at index: Int) -> Int? {
    guard bytes[index] == 0x1B, index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "[")
    else { return nil }
    var end = index + 2
    // The digits, the colon and the semicolon stand side by side.
    while end < bytes.count, (0x30...0x3B).contains(bytes[end]) { end += 1 }
    return end < bytes.count && bytes[end] == UInt8(ascii: "m") ? end + 1 : nil
  }

  private mutating func noteColor(_ range: Range<Int>) {
    let codes = bytes[range.lowerBound + 2..<range.upperBound - 1]
    isColored = !(codes.isEmpty || codes.elementsEqual([UInt8(ascii: "0")]))
  }
}
