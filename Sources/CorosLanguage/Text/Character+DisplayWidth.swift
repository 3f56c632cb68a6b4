extension Character {
  /// The columns that a terminal uses for the character: 0, 1 or 2.
  ///
  /// East Asian wide and fullwidth forms and emoji take two. Where terminals disagree (characters of
  /// ambiguous width, sequences of several emoji) this follows the common default.
  package var displayWidth: Int {
    let scalars = unicodeScalars
    guard let first = scalars.first else { return 0 }
    // The fast path for nearly all text: the Unicode tables are slow.
    if first.value < 0x300 { return first.value < 0x20 || first.value == 0x7F ? 0 : 1 }
    if first.isWide || scalars.dropFirst().first == "\u{FE0F}" { return 2 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return 1
    }
  }
}

extension Unicode.Scalar {
  /// Whether the scalar is wide by UAX #11, or an emoji that is a picture by default.
  fileprivate var isWide: Bool {
    switch value {
    case 0x1100...0x115F,  // Hangul Jamo, leading consonants
      0x2329...0x232A,  // angle brackets
      0x2E80...0x303E,  // CJK radicals and punctuation
      0x3041...0xA4CF,  // kana, CJK ideographs, Yi
      0xA960...0xA97F,  // Hangul Jamo Extended-A
      0xAC00...0xD7A3,  // Hangul syllables
      0xF900...0xFAFF,  // CJK compatibility ideographs
      0xFE10...0xFE19, 0xFE30...0xFE6F,  // vertical and small forms
      0xFF01...0xFF60, 0xFFE0...0xFFE6,  // fullwidth forms
      0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF,  // Tangut, Khitan, kana supplements
      0x1F200...0x1F2FF,  // enclosed ideographs
      0x20000...0x3FFFD:  // further CJK ideographs
      true
    default:
      properties.isEmojiPresentation
    }
  }
}
