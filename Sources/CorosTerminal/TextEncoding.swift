private import CEditLine

/// The character set of the terminal.
package enum TextEncoding: Sendable {
  case utf8
  case ascii

  /// Selects the character set of the process, which libedit reads when an editor is made.
  ///
  /// A locale that is not UTF-8 is usually just not set, on a terminal that uses UTF-8. So the next choice is
  /// a UTF-8 locale without a language, and the last is ASCII. Text must then be limited to ASCII, because
  /// libedit crashes on a prompt that it cannot decode.
  package static func establish() -> TextEncoding {
    for locale in ["", "C.UTF-8", "en_US.UTF-8"] {
      if setlocale(LC_CTYPE, locale) != nil, coros_locale_is_utf8() != 0 { return .utf8 }
    }
    _ = setlocale(LC_CTYPE, "C")
    return .ascii
  }

  /// Replaces each character that is not in this character set by a question mark.
  package func representable(_ text: String) -> String {
    switch self {
    case .utf8:
      text
    case .ascii:
      String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isASCII ? $0 : "?" }))
    }
  }
}
