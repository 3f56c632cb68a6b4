// Finding a text in another, by bytes: comparing characters is slow, and nothing promises it.

extension String {
  /// Whether this text contains the bytes of another; the empty text is in every text.
  func hasBytes(of text: String) -> Bool {
    occurs(text) { _, _, _ in true }
  }

  /// Whether this text contains another as whole words.
  func hasWords(_ text: String) -> Bool {
    occurs(text) { bytes, start, end in
      let begins = start == 0 || !isWord(bytes[start]) || !isWord(bytes[start - 1])
      let ends =
        end == bytes.count || end == start || !isWord(bytes[end - 1]) || !isWord(bytes[end])
      return begins && ends
    }
  }

  /// Whether a text occurs at a place that is wanted; O(nm), and O(n) where it hardly ever begins.
  private func occurs(
    _ text: String,
    _ isWanted: (UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool
  ) -> Bool {
    var (text, whole) = (text, self)
    return text.withUTF8 { part in
      whole.withUTF8 { bytes in
        guard part.count <= bytes.count else { return false }
        return (0...bytes.count - part.count).contains { start in
          var length = 0
          while length < part.count, bytes[start + length] == part[length] { length += 1 }
          return length == part.count && isWanted(bytes, start, start + length)
        }
      }
    }
  }
}

/// Whether a byte is part of a word or of a number with its sign.
private func isWord(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...:
    true
  default: false
  }
}
