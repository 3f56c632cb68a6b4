/// Writes a string as one word of a line; the reverse of parsing.
///
/// Text without special characters is left bare. Otherwise it gets single quotes, or double quotes if it
/// contains a single quote.
///
/// - Complexity: Linear in the length of the text.
package func quoted(_ text: String) -> String {
  var text = text
  return text.withUTF8 { bytes in
    var needsQuotes = bytes.isEmpty || bytes[0] == UInt8(ascii: "#")
    var hasSingleQuote = false
    var hasActive = false
    for offset in bytes.indices {
      let byte = bytes[offset]
      hasSingleQuote = hasSingleQuote || byte == UInt8(ascii: "'")
      hasActive = hasActive || ByteSet.activeInDoubleQuotes.contains(byte)
      needsQuotes =
        needsQuotes
        || !(ByteSet.ordinary.contains(byte)
          || byte >= 0x80 && Lookalike.at(offset, in: bytes) == nil)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return switch (needsQuotes, hasSingleQuote, hasActive) {
    case (false, _, _): text
    case (true, false, _): "'\(text)'"
    case (true, true, false): "\"\(text)\""
    case (true, true, true): doubleQuoted(bytes)
    }
  }
}

/// Text in double quotes, with the characters that are special there escaped.
func doubleQuoted(_ bytes: some Sequence<UInt8>) -> String {
  var written: [UInt8] = [UInt8(ascii: "\"")]
  for byte in bytes {
    if ByteSet.activeInDoubleQuotes.contains(byte) { written.append(UInt8(ascii: "\\")) }
    written.append(byte)
  }
  written.append(UInt8(ascii: "\""))
  return String(decoding: written, as: UTF8.self)
}
