private import CEditLine

/// The character set that the terminal speaks.
package enum TextEncoding: Sendable {
  case utf8
  case ascii

  /// Chooses the process's character set, which libedit reads when an editor is made.
  ///
  /// A locale that is not UTF-8 is nearly always an unset one on a terminal that speaks UTF-8, so a
  /// UTF-8 locale without a language is tried next. ASCII is what remains: libedit crashes on a
  /// prompt that it cannot decode, so text must then be kept to what it can.
  package static func establish() -> TextEncoding {
    for locale in ["", "C.UTF-8", "en_US.UTF-8"] {
      if setlocale(LC_CTYPE, locale) != nil, coros_locale_is_utf8() != 0 { return .utf8 }
    }
    _ = setlocale(LC_CTYPE, "C")
    return .ascii
  }

  /// The text with everything that this character set lacks replaced by a question mark.
  package func representable(_ text: String) -> String {
    switch self {
    case .utf8:
      text
    case .ascii:
      String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isASCII ? $0 : "?" }))
    }
  }
}
