#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard error, so that standard output contains only results.
enum Diagnostics {
  /// Reports a problem, or an omission.
  static func note(_ text: String) {
    write("bench: \(text)\n")
  }

  /// Shows the current activity, in one line that the next one replaces; only on a terminal.
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
