#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What goes to standard error, so that standard output holds results and nothing else.
enum Diagnostics {
  /// Says something that is wrong, or left out.
  static func note(_ text: String) {
    write("bench: \(text)\n")
  }

  /// Shows what is going on, in one line that the next one replaces; only to a person.
  static func progress(_ text: String) {
    if isatty(STDERR_FILENO) == 1 { write("\r\u{1B}[K\(text)") }
  }

  private static func write(_ text: String) {
    let bytes = Array(text.utf8)
    #if canImport(Glibc)
      _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    #else
      _ = Darwin.write(STDERR_FILENO, bytes, bytes.count)
    #endif
  }
}
